import { AsyncLocalStorage } from "node:async_hooks";
import dgram from "node:dgram";
import dns from "node:dns";
import { EventEmitter } from "node:events";
import fs from "node:fs";
import module from "node:module";
import net from "node:net";
import os from "node:os";
import traces from "node:trace_events";
import util from "node:util";
import v8 from "node:v8";
import vm from "node:vm";

/** What Node's permissions leave open: other processes, the network (before Node.js 25), and the kernel's own foundations. */
const taken: readonly (readonly [owner: object, names: readonly string[]])[] = [
  [process, ["kill", "_kill", "_debugProcess", "_debugEnd", "_linkedBinding", "binding", "execve"]],
  [process, ["_getActiveHandles", "_getActiveRequests", "dlopen"]],
  [os, ["setPriority"]],
  // Node 20 writes traces where it has no permission to write.
  [traces, ["createTracing"]],
  // These show what stands in memory and on the stack: the hidden tests.
  [process, ["report"]],
  [v8, ["getHeapSnapshot", "writeHeapSnapshot", "queryObjects", "takeCoverage"]],
  [v8, ["startCpuProfile", "startHeapProfile"]],
  [v8, ["setFlagsFromString", "setHeapSnapshotNearHeapLimit"]],
  // A hook could put another library in the place of the one that counts the points.
  [module, ["register", "registerHooks"]],
  [net, ["connect", "createConnection", "createServer", "_createServerHandle"]],
  [net.Socket.prototype, ["connect"]],
  [net.Server.prototype, ["listen"]],
  [dgram, ["createSocket"]],
  [dgram.Socket.prototype, ["bind", "connect", "send"]],
  [dns, functionsOf(dns)],
  [dns.promises, functionsOf(dns.promises)],
  // It opens files without asking Node's permissions, and the grade book is such a file.
  [sqlite(), ["DatabaseSync", "backup"]],
];

const array = [][Symbol.iterator]();
const iterators = [
  array,
  new Map().entries(),
  new Set().values(),
  ""[Symbol.iterator](),
  "".matchAll(/$/g),
];
const typed = Object.getPrototypeOf(Uint8Array.prototype);

/** What the kernel and the library stand on when they run a test and tell its points. */
const foundations: readonly object[] = [
  ...[Math, JSON, Reflect, Object, Symbol, Function.prototype],
  ...[Array, Array.prototype, String, String.prototype, Number, Number.prototype],
  ...[Map, Map.prototype, Set, Set.prototype, WeakMap.prototype, WeakSet.prototype],
  ...[WeakRef.prototype, Date, Date.prototype, Boolean.prototype, BigInt, BigInt.prototype],
  ...[Promise, Promise.prototype, RegExp.prototype, ArrayBuffer.prototype, DataView.prototype],
  ...[typed, Uint8Array.prototype, Buffer, Buffer.prototype],
  ...iterators.map((iterator) => Object.getPrototypeOf(iterator)),
  Object.getPrototypeOf(Object.getPrototypeOf(array)),
  ...[fs, vm, vm.Script.prototype, v8, v8.Serializer.prototype, v8.DefaultSerializer.prototype],
  ...[v8.Deserializer.prototype, v8.DefaultDeserializer.prototype],
  ...[AsyncLocalStorage.prototype, EventEmitter.prototype, util, module, module.prototype],
];

/** Takes from the cells of this process what reaches beyond it, and makes firm what grading rests on. */
export function restrict(): void {
  for (const [owner, names] of taken) for (const name of names) take(owner, name);
  for (const foundation of foundations) lock(foundation);
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    const { value } = Object.getOwnPropertyDescriptor(globalThis, name)!;
    if (value && /^(?:[A-Z]|is[A-Z]|parse|structuredClone$|display$|\$)/.test(name))
      lockProperty(globalThis, name);
  }
  for (const name of ["toString", "valueOf", "hasOwnProperty", "toLocaleString"] as const)
    lockInherited(Object.prototype, name);
  Object.preventExtensions(Object.prototype);
  module.syncBuiltinESMExports();
}

/** Node 20 has no such module, and 22 not yet in every version. */
function sqlite(): object {
  return module.isBuiltin("node:sqlite")
    ? module.createRequire(import.meta.url)("node:sqlite")
    : {};
}

function functionsOf(owner: object): string[] {
  return Object.keys(owner).filter(
    (name) => typeof (owner as Readonly<Record<string, unknown>>)[name] === "function",
  );
}

function take(owner: object, name: string): void {
  if (!(name in owner)) return;
  const value = () => {
    throw new Error(
      `${name} is not there while work is graded.\nHint: an answer needs only the assignment's files and this process.`,
    );
  };
  Object.defineProperty(owner, name, { value, configurable: false, writable: false });
}

/** What all objects inherit stays; an object may still be given its own by assignment, as classes do. */
function lockInherited(owner: object, name: string): void {
  const { value } = Object.getOwnPropertyDescriptor(owner, name)!;
  Object.defineProperty(owner, name, {
    configurable: false,
    get: () => value,
    set(own: unknown) {
      if (this === owner) throw new TypeError(`${name} of all objects stays while work is graded.`);
      Object.defineProperty(this, name, {
        value: own,
        configurable: true,
        enumerable: true,
        writable: true,
      });
    },
  });
}

function lock(owner: object): void {
  // Some values are made when they are first read, and then put where the reading stood; that must be possible still.
  Object.values(owner);
  for (const name of Reflect.ownKeys(owner)) lockProperty(owner, name);
}

/** What stands there stays; a name that is not there yet may still be added, as a polyfill does. */
function lockProperty(owner: object, name: string | symbol): void {
  const { configurable, get, value } = Object.getOwnPropertyDescriptor(owner, name)!;
  if (!configurable) return;
  if (get) Object.defineProperty(owner, name, { configurable: false });
  else if (typeof value === "function" || typeof value === "object")
    Object.defineProperty(owner, name, { configurable: false, writable: false });
}
