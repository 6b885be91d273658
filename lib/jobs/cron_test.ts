import assert from "node:assert/strict";

/** Runs a script with its own flags, since `Deno.cron` registers once per process. */
async function run(flags: string[], script: string): Promise<{ code: number; out: string }> {
  const path = await Deno.makeTempFile({ suffix: ".ts" });
  await Deno.writeTextFile(path, script);
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--no-config", ...flags, path],
    env: { DENO_CRON_TEST_SCHEDULE_OFFSET: "200" },
  }).output();
  await Deno.remove(path);
  return { code, out: new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr) };
}

const SCRIPT = `
  import { wakeEachMinute } from ${JSON.stringify(import.meta.resolve("./cron.ts"))};
  const stop = new AbortController();
  const log = { error: console.log };
  let wakes = 0;
  const never = new Promise(() => {});
  const runner = { wake: () => { console.log("wake " + ++wakes, typeof Deno.cron); if (wakes === WAKES) stop.abort(); return never; } };
  wakeEachMinute(runner, { signal: stop.signal, log, budgetMs: 10 });`;

Deno.test("wakeEachMinute() wakes by Deno.cron, goes on when a wake takes long, and lets the process end", async () => {
  const { code, out } = await run(["--unstable-cron"], SCRIPT.replace("WAKES", "3"));
  assert.equal(out, "wake 1 function\nwake 2 function\nwake 3 function\n");
  assert.equal(code, 0);
});

Deno.test("wakeEachMinute() polls besides where told, and leaves Deno.cron alone where the entry module has it", async () => {
  const polling = SCRIPT.replace("WAKES", "3").replace("budgetMs: 10", "budgetMs: 10, pollMs: 20, cron: false");
  const { code, out } = await run(["--unstable-cron"], polling);
  assert.equal(out, "wake 1 function\nwake 2 function\nwake 3 function\n");
  assert.equal(code, 0);
});

Deno.test("registerPlatformCron() opens what wakes at each tick, and does nothing without Deno.cron", async () => {
  const script = `
    import { registerPlatformCron } from ${JSON.stringify(import.meta.resolve("./cron.ts"))};
    let wakes = 0;
    const stopping = new AbortController().signal;
    const jobs = { wake: async () => { console.log("wake " + ++wakes); if (wakes === 2) Deno.exit(0); } };
    registerPlatformCron(async () => ({ jobs, stopping }));
    console.log("loaded");`;
  assert.equal((await run(["--unstable-cron"], script)).out, "loaded\nwake 1\nwake 2\n");
  assert.equal((await run([], script)).out, "loaded\n");
});

Deno.test("wakeEachMinute() wakes by a timer without Deno.cron", async () => {
  const { code, out } = await run([], SCRIPT.replace("WAKES", "1"));
  assert.equal(out, "wake 1 undefined\n");
  assert.equal(code, 0);
});
