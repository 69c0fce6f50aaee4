import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import type { Death } from "../../../kernel/session/death.ts";
import { startUserProcess } from "../../../kernel/session/UserProcess.ts";

test("an interrupt does not end a process that is not there yet, and so would not hear it", async () => {
  const main = join(mkdtempSync(join(tmpdir(), "downhill-process-")), "main.mjs");
  writeFileSync(main, "setTimeout(() => process.exit(7), 50)");
  const death = await new Promise<Death>((died) => {
    const user = startUserProcess(
      pathToFileURL(main),
      {},
      {
        said: () => undefined,
        controlled: () => undefined,
        wrote: () => undefined,
        died,
      },
    );
    user.interruptChildren();
  });
  expect(death).toMatchObject({ ename: "ProcessExit", evalue: expect.stringContaining("code 7") });
});
