import vm from "node:vm";
import { compileCell, type Kind } from "../../../kernel/compile/index.ts";

/**
 * Cells compiled and run one after another in a realm of their own, as the user process would run them;
 * not `fast`, as it does under a debugger.
 */
export function notebook({ fast = true } = {}) {
  const names = new Map<string, Kind>();
  const variables = new Set<string>();
  const realm = vm.createContext({ console, setTimeout, performance, URL });
  const $cell = {
    import: (specifier: string, options?: ImportCallOptions) => import(specifier, options),
    export: (module: Record<string, unknown>, name: string) =>
      name === "*" ? module : module[name],
    named: (value: object, name: string) => Object.defineProperty(value, "name", { value: name }),
    held: (value: unknown) => value,
    waited: (value: unknown) => value,
    pace: { fast },
    meta: { url: "file:///notebook/", dirname: "/notebook" },
    require: (name: string) => `required ${name}`,
    constants: new Proxy(
      {},
      {
        set: (_target, name) => {
          throw new TypeError(`Assignment to constant variable '${String(name)}'.`);
        },
      },
    ),
  };
  return async (source: string): Promise<unknown> => {
    const cell = await compileCell(source, names);
    const fresh = cell.declares
      .map(({ variable }) => variable)
      .filter((name) => !variables.has(name));
    if (fresh.length > 0) vm.runInContext(`let ${fresh.join(",")}`, realm);
    for (const name of fresh) variables.add(name);
    for (const { name, kind } of cell.declares) names.set(name, kind);
    const { columnOffset } = cell;
    const run = vm.runInContext(cell.code, realm, { filename: "cell", columnOffset });
    const value: unknown = await run($cell);
    // Into this realm, so that arrays and objects compare.
    return typeof value === "object" && value !== null ? structuredClone(value) : value;
  };
}
