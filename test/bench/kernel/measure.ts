import { execFileSync, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Client,
  type Connection,
  freeConnection,
  type Message,
  openClient,
} from "../../../kernel/wire/index.ts";

/** One figure of one start of a kernel. */
export interface Figure {
  readonly row: string;
  readonly value: number;
}

interface Peer {
  readonly argv: readonly string[];
  readonly language: "typescript" | "python";
  readonly env?: Readonly<Record<string, string>>;
}

const trivial = (i: number) => `${i} + 1`;

const cells = {
  typescript: {
    thirtyLines: (i: number) =>
      `const points${i} = [[1, 3], [2, 5], [3, 7], [4, 9]];\nlet w${i} = 0, b${i} = 0;\nfunction predict${i}(x) { return w${i} * x + b${i}; }\nfor (let epoch = 0; epoch < 10; epoch++) {\n  let [gw, gb] = [0, 0];\n  for (const [x, y] of points${i}) {\n    const error = predict${i}(x) - y;\n    gw += 2 * error * x / 4;\n    gb += 2 * error / 4;\n  }\n  w${i} -= 0.01 * gw;\n  b${i} -= 0.01 * gb;\n}\n${filler(i, "const", ";")}w${i}`,
    declare: "let w = 0, lr = 1e-9;",
    loop: (n: number) => `for (let i = 0; i < ${n}; i++) w = w - lr * (w - 3.25);`,
    flood: (n: number) => `for (let i = 0; i < ${n}; i++) console.log("line " + i);`,
  },
  python: {
    thirtyLines: (i: number) =>
      `points = [[1, 3], [2, 5], [3, 7], [4, 9]]\nw = 0\nb = 0\ndef predict(x): return w * x + b\nfor epoch in range(10):\n  gw, gb = 0, 0\n  for x, y in points:\n    error = predict(x) - y\n    gw += 2 * error * x / 4\n    gb += 2 * error / 4\n  w -= 0.01 * gw\n  b -= 0.01 * gb\n${filler(i, "", "")}w`,
    declare: "w = 0\nlr = 1e-9",
    loop: (n: number) => `for i in range(${n}):\n  w = w - lr * (w - 3.25)`,
    flood: (n: number) => `for i in range(${n}): print("line", i)`,
  },
};

function filler(i: number, word: string, end: string): string {
  const lines = Array.from({ length: 15 }, (_, k) => `${word} line${i}_${k} = ${k}${end}`.trim());
  return `${lines.join("\n")}\n`;
}

/** How long a kernel takes from its start, in milliseconds: to kernel_info, and to the first result. */
export async function measureStart(peer: Peer): Promise<Figure[]> {
  const kernel = await start(peer);
  await kernel.request("kernel_info_request", {});
  const info = performance.now() - kernel.started;
  await kernel.execute("1 + 1");
  const first = performance.now() - kernel.started;
  const memory = residentMegabytes(kernel.child.pid!);
  await kernel.end();
  return [
    { row: "start to kernel_info, ms", value: info },
    { row: "start to first result, ms", value: first },
    { row: "memory then, MB", value: memory },
  ];
}

/** What cells cost in a kernel that has run for a while. */
export async function measureCells(peer: Peer): Promise<Figure[]> {
  const kernel = await start(peer);
  const { thirtyLines } = cells[peer.language];
  const medianOf = async (count: number, work: (i: number) => Promise<unknown>) => {
    const times: number[] = [];
    for (let i = 0; i < count; i++) {
      const begin = performance.now();
      // One request without an answer says enough; the others would only take as long.
      if (!(await work(i))) return Number.POSITIVE_INFINITY;
      times.push(performance.now() - begin);
    }
    return times.sort((a, b) => a - b)[count >> 1]!;
  };
  const trivials = (count: number) => medianOf(count, (i) => kernel.execute(trivial(i)));
  const complete = () => kernel.request("complete_request", { code: "Mat", cursor_pos: 3 }, 5);
  await trivials(25);
  const early = await trivials(50);
  await trivials(25);
  const completion = await medianOf(20, complete);
  await trivials(50);
  const later = await trivials(50);
  const thirty = await medianOf(50, (i) => kernel.execute(thirtyLines(i)));
  await trivials(200);
  const last = await trivials(50);
  const memory = residentMegabytes(kernel.child.pid!);
  const figures = [
    { row: "trivial cell after 150, ms", value: later },
    { row: "30-line cell after 200, ms", value: thirty },
    { row: "trivial cell 500 against cell 50, times", value: last / early },
    { row: "completion after 100 cells, ms", value: completion },
    { row: "memory of all processes after 500 cells, MB", value: memory },
    { row: "1e8 turns over another cell's variables, s", value: await secondsOfLoop(peer, kernel) },
    ...(await measureFlood(peer, kernel)),
  ];
  await kernel.end();
  return figures;
}

type Kernel = Awaited<ReturnType<typeof start>>;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

/** Ten million turns where a hundred million would take a minute; the rest is scaled. */
async function secondsOfLoop({ language }: Peer, kernel: Kernel): Promise<number> {
  const { declare, loop } = cells[language];
  await kernel.execute(declare);
  const few = await timed(() => kernel.execute(loop(1e7)));
  if (few > 1000) return (few / 1000) * 10;
  return (await timed(() => kernel.execute(loop(1e8)))) / 1000;
}

/** A kernel that loses lines may never say that it is done; ten seconds are ten times what others need. */
async function measureFlood({ language }: Peer, kernel: Kernel): Promise<Figure[]> {
  const before = kernel.lines();
  const begin = performance.now();
  const answered = await kernel.execute(cells[language].flood(1e5), 10);
  const last = answered ? await kernel.quiet() : Number.POSITIVE_INFINITY;
  return [
    { row: "100 000 lines, s", value: (last - begin) / 1000 },
    { row: "lines of these that came", value: kernel.lines() - before },
  ];
}

async function start({ argv, env }: Peer) {
  const folder = mkdtempSync(join(tmpdir(), "downhill-bench-"));
  const connection = await freeConnection();
  const file = join(folder, "connection.json");
  writeFileSync(file, JSON.stringify(connection));
  const [program, ...parameters] = argv.map((word) =>
    word === "{connection_file}" || word.endsWith("={connection_file}")
      ? word.replace("{connection_file}", file)
      : word,
  );
  const started = performance.now();
  const child = spawn(program!, parameters, {
    cwd: folder,
    stdio: "ignore",
    // Node 20 reads the certificates of that file at every start, for 25 ms a process: the machine's, not the kernel's.
    env: { ...process.env, NODE_EXTRA_CA_CERTS: "", DOWNHILL_HISTORY: "off", ...env },
  });
  const gone = new Promise<never>((_done, fail) => {
    child.once("exit", (code) => fail(new Error(`the kernel ended with code ${code}`)));
  });
  // While nobody asks anything, its end is no news.
  gone.catch(() => undefined);
  const conversation = converse(connection, gone);
  const end = async () => {
    conversation.client.close();
    child.kill("SIGKILL");
    await gone.catch(() => undefined);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  return { started, child, end, ...conversation };
}

function converse(connection: Connection, gone: Promise<never>) {
  const waiting = new Map<string, (message: Message) => void>();
  let lines = 0;
  let lastHeard = performance.now();
  const client: Client = openClient(connection, (channel, message) => {
    lastHeard = performance.now();
    const { header, parent_header, content } = message;
    if (channel === "shell") waiting.get(parent_header.msg_id ?? "")?.(message);
    if (header.msg_type === "stream") lines += String(content.text).split("\n").length - 1;
  });
  const request = async (type: string, content: Record<string, unknown>, seconds = 60) => {
    const id = randomUUID();
    const reply = new Promise<true>((done) => waiting.set(id, () => done(true)));
    await client.ask("shell", type, content, id);
    return Promise.race([reply, gone, after(seconds)]);
  };
  const execute = (code: string, seconds?: number) =>
    request(
      "execute_request",
      { code, silent: false, store_history: true, allow_stdin: false },
      seconds,
    );
  /** Some kernels go on sending after they said that they are done. When the last message came. */
  const quiet = async () => {
    while (performance.now() - lastHeard < 300) await after(0.05);
    return lastHeard;
  };
  return { client, request, execute, quiet, lines: () => lines };
}

/** The memory of a process and all below it. */
function residentMegabytes(pid: number): number {
  const table = execFileSync("ps", ["-eo", "pid=,ppid=,rss="], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number, number]);
  const family = new Set([pid]);
  for (let size = 0; size !== family.size; ) {
    size = family.size;
    for (const [child, parent] of table) if (family.has(parent)) family.add(child);
  }
  const sum = table.reduce((total, [id, , rss]) => total + (family.has(id) ? rss : 0), 0);
  return sum / 1024;
}

const after = (seconds: number): Promise<undefined> =>
  new Promise((done) => setTimeout(() => done(undefined), seconds * 1000).unref());
