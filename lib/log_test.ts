import assert from "node:assert/strict";
import { createLog, type LogOptions } from "./log.ts";

function collect(options: LogOptions = {}) {
  const lines: string[] = [];
  const now = () => new Date("2026-01-02T03:04:05.678Z");
  return { lines, log: createLog({ now, write: (line) => lines.push(line), ...options }) };
}

Deno.test("createLog() writes one JSON object per line with time, level, message and fields", () => {
  const { lines, log } = collect();
  log.info("Started", { port: 8000 });
  assert.equal(lines.length, 1);
  assert.ok(lines[0]!.endsWith("}\n"));
  assert.deepEqual(JSON.parse(lines[0]!), {
    time: "2026-01-02T03:04:05.678Z",
    level: "info",
    message: "Started",
    port: 8000,
  });
});

Deno.test("createLog() leaves out what is below its level", () => {
  const { lines, log } = collect({ level: "warn" });
  log.debug("a");
  log.info("b");
  log.warn("c");
  log.error("d");
  assert.deepEqual(lines.map((line) => JSON.parse(line).message), ["c", "d"]);
});

Deno.test("child() adds its fields to every line, the line's own fields win, time and level cannot be forged", () => {
  const { lines, log } = collect();
  log.child({ request: "r1" }).child({ workspace: "default" }).info("x", { request: "r2", level: "error", time: 0 });
  const { request, workspace, level, time } = JSON.parse(lines[0]!);
  assert.deepEqual({ request, workspace, level }, { request: "r2", workspace: "default", level: "info" });
  assert.equal(time, "2026-01-02T03:04:05.678Z");
});

Deno.test("createLog() is newline-safe in both formats", () => {
  for (const format of ["json", "text"] as const) {
    const { lines, log } = collect({ format });
    log.info("user\n{forged}\r\n\u001b[31m", { name: "a\nb\u0000" });
    assert.equal(lines.length, 1);
    assert.match(lines[0]!, /^[^\p{Cc}]+\n$/u);
  }
});

Deno.test("createLog() takes any value: errors with causes, cycles, bigints, throwing getters, huge texts", () => {
  const { lines, log } = collect();
  const cycle: Record<string, unknown> = { big: 5n, nan: NaN, fn() {} };
  cycle.self = cycle;
  log.error("Failed", {
    error: new TypeError("outer", { cause: new RangeError("inner") }),
    cycle,
    bad: {
      get secret(): string {
        throw new Error("no");
      },
    },
  });
  log.info("Long", { text: "x".repeat(1_000_000) });
  const first = JSON.parse(lines[0]!);
  assert.equal(first.error.name, "TypeError");
  assert.equal(first.error.cause.message, "inner");
  assert.equal(first.cycle.big, "5");
  assert.match(first.bad.secret, /unreadable/);
  assert.ok(lines[1]!.length < 20_000);
  assert.equal(JSON.parse(lines[1]!).message, "Long");
});

Deno.test("createLog() never throws, even where its writer does", () => {
  const log = createLog({
    write: () => {
      throw new Error("pipe closed");
    },
  });
  assert.doesNotThrow(() => log.error("x"));
});

Deno.test("createLog() writes lines for people where asked", () => {
  const { lines, log } = collect({ format: "text" });
  log.warn("Slow answer", { path: "/api/query", note: "two words" });
  assert.equal(lines[0], '03:04:05 WARN  Slow answer  path=/api/query  note="two words"\n');
});
