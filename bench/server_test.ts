import assert from "node:assert/strict";
import { memoryOf, untilAtRest } from "./server.ts";

Deno.test({
  name: "memoryOf() adds up a process and its children",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const alone = await memoryOf(Deno.pid);
    assert.ok(alone > 5 && alone < 20_000, `${alone} MB`);
    const child = new Deno.Command(Deno.execPath(), {
      args: ["eval", "new Uint8Array(80_000_000).fill(1); setTimeout(() => {}, 60_000); console.log(1)"],
      stdout: "piped",
    }).spawn();
    try {
      await child.stdout.getReader().read();
      assert.ok(await memoryOf(Deno.pid) > alone + 60);
    } finally {
      child.kill("SIGKILL");
      await child.status;
    }
  },
});

Deno.test({
  name: "untilAtRest() waits until a child has done its work",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const child = new Deno.Command(Deno.execPath(), {
      args: [
        "eval",
        "const end = Date.now() + 3_000; while (Date.now() < end); console.log(1); setTimeout(() => {}, 60_000)",
      ],
      stdout: "piped",
    }).spawn();
    try {
      const began = performance.now();
      await untilAtRest(child.pid);
      assert.ok(performance.now() - began > 3_000);
      await child.stdout.getReader().read();
    } finally {
      child.kill("SIGKILL");
      await child.status;
    }
  },
});
