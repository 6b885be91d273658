import assert from "node:assert/strict";
import type { Log } from "@/lib/log.ts";
import { keepWorkerProcess } from "./worker_process.ts";

Deno.test("keepWorkerProcess() starts it anew when it ends, and ends it with the signal", async () => {
  const directory = await Deno.makeTempDir();
  const said = `${directory}/said`;
  const entry = new URL(`file://${directory}/worker.ts`);
  // The first two crash at once; the third waits to be told.
  await Deno.writeTextFile(
    entry,
    `const said = ${JSON.stringify(said)};
     Deno.writeTextFileSync(said, "started\\n", { append: true, create: true });
     if (Deno.readTextFileSync(said).split("started").length < 4) Deno.exit(7);
     Deno.addSignalListener("SIGTERM", () => {
       Deno.writeTextFileSync(said, "told\\n", { append: true });
       Deno.exit(0);
     });
     Deno.writeTextFileSync(said, "waits\\n", { append: true });
     for await (const _ of Deno.stdin.readable);`,
  );
  const codes: unknown[] = [];
  const log = { warn: (_: string, fields: { code: number }) => codes.push(fields.code) } as unknown as Log;
  const controller = new AbortController();
  const kept = keepWorkerProcess({ entry, log, signal: controller.signal, firstPauseMs: 5 });
  while (!(await Deno.readTextFile(said).catch(() => "")).includes("waits")) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  controller.abort();
  await kept;
  assert.equal(await Deno.readTextFile(said), "started\nstarted\nstarted\nwaits\ntold\n");
  assert.deepEqual(codes, [7, 7]);
  await Deno.remove(directory, { recursive: true });
});
