import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { startLsp } from "../../../kernel/types/Lsp.ts";

test("a server that has ended answers no question with silence, and its end is told once", async () => {
  let ends = 0;
  const server = startLsp(process.execPath, ["-e", "process.exit(3)"], tmpdir(), () => ends++);
  await expect(server.ask("initialize", {})).rejects.toThrow();
  await expect(server.ask("hover", {})).rejects.toThrow();
  expect(ends).toBe(1);
});

test("a server that was closed is not one that ended", async () => {
  let ends = 0;
  const server = startLsp(
    process.execPath,
    ["-e", "process.stdin.resume()"],
    tmpdir(),
    () => ends++,
  );
  const waiting = server.ask("initialize", {});
  server.close();
  await expect(waiting).rejects.toThrow();
  expect(ends).toBe(0);
});
