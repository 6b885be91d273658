import assert from "node:assert/strict";
import { join } from "node:path";
import { projectRoot } from "./project.ts";
import { judge, runsAlone } from "./test.ts";

const one = (outcome: string) => `<testsuites><testsuite><testcase name="t" classname="f">${outcome}</testcase>`;

Deno.test("judge() lets a run pass that passed", () => {
  const run = judge(one(""), 0, { noSkips: true });
  assert.deepEqual(run.problems, []);
  assert.equal(run.passed, 1);
});

Deno.test("judge() fails a run without tests", () => {
  assert.match(judge("", 0, { noSkips: false }).problems.join(), /no test ran/);
});

Deno.test("judge() counts an error outside of every test as one failure", () => {
  const run = judge(one(""), 1, { noSkips: false });
  assert.equal(run.failed, 1);
  assert.match(run.problems.join(), /outside of a test/);
});

Deno.test("judge() lets a skip pass unless skips are not allowed", () => {
  assert.deepEqual(judge(one("<skipped/>"), 0, { noSkips: false }).problems, []);
  assert.match(judge(one("<skipped/>"), 0, { noSkips: true }).problems.join(), /skipped, which is not allowed/);
});

Deno.test("runsAlone() keeps deadlines, leases and what measures to themselves", () => {
  const alone = ["lib/redis/deadline_test.ts", "lib/http/idempotency_test.ts", "lib/jobs/cron_test.ts"];
  const beside = ["lib/format/dates_test.ts", "tests/faults/kill_test.ts", "tests/browser/walk_test.ts"];
  assert.deepEqual(alone.map(runsAlone), [true, true, true]);
  assert.deepEqual(beside.map(runsAlone), [false, false, false]);
  assert.ok(runsAlone("lib/redis/redis_test.ts"));
});

Deno.test("deno task test closes with the counts, and fails where a test fails", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const passing = join(folder, "good_test.ts");
    const failing = join(folder, "bad_test.ts");
    await Deno.writeTextFile(passing, 'Deno.test("good", () => {});\n');
    await Deno.writeTextFile(failing, 'Deno.test("bad", () => { throw new Error("no"); });\n');
    const run = async (...paths: string[]) => {
      const { code, stdout } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", join(projectRoot, "tools/test.ts"), ...paths],
        env: { NO_COLOR: "1", NO_SKIPS: "" },
        stdin: "null",
      }).output();
      return { code, last: new TextDecoder().decode(stdout).trimEnd().split("\n").at(-1) };
    };
    assert.deepEqual(await run(passing), { code: 0, last: "1 passed, 0 failed, 0 skipped" });
    assert.deepEqual(await run(passing, failing), { code: 1, last: "1 passed, 1 failed, 0 skipped" });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
