import assert from "node:assert/strict";
import fc from "fast-check";
import { commandsBetween, mergeCommands } from "./commands_between.ts";
import { doCommand, readLog, redo, startLog, storeLog, undo } from "./command_log.ts";
import { commandWords } from "./command_words.ts";
import { type Dashboard, dashboardSchema, type Placement } from "./dashboard.ts";
import { applyCommand, CommandError, type DashboardCommand } from "./dashboard_commands.ts";

/** As it comes over the wire: plain objects, no -0. */
const asJson = <T>(value: T): T => JSON.parse(JSON.stringify(value));
const ids = ["a", "b", "c", "d", "e", "f"];
const id = fc.constantFrom(...ids);
const place = fc.record({
  x: fc.integer({ min: 0, max: 11 }),
  y: fc.integer({ min: 0, max: 199 }),
  w: fc.integer({ min: 1, max: 12 }),
  h: fc.integer({ min: 1, max: 40 }),
});
const options = fc.dictionary(fc.string({ maxLength: 4 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 });
const placement = (of: fc.Arbitrary<string>): fc.Arbitrary<Placement> =>
  fc.record({
    id: of,
    widget: fc.constantFrom("kpi", "line", "gone"),
    widgetVersion: fc.constant(1),
    title: fc.string({ maxLength: 8 }),
    options,
    place,
  });
const dashboard: fc.Arbitrary<Dashboard> = fc.record({
  title: fc.string({ minLength: 1, maxLength: 8 }),
  placements: fc.uniqueArray(placement(id), { selector: ({ id }) => id, maxLength: 6 }),
  later: fc.option(fc.jsonValue({ maxDepth: 1 }), { nil: undefined }),
}).map(({ title, placements, later }) => ({
  ...dashboardSchema.parse({ id: "board", title: `t${title}` }),
  ...later === undefined ? {} : { later },
  placements,
})).map(asJson);
const fields = fc.record({ set: options, unset: fc.array(fc.string({ maxLength: 4 }), { maxLength: 2 }) });
const single: fc.Arbitrary<DashboardCommand> = fc.oneof(
  fc.record({
    type: fc.constant("set" as const),
    set: fc.record({ title: fc.string() }),
    unset: fc.constant<string[]>(["later"]),
  }),
  fc.record({
    type: fc.constant("add" as const),
    placements: fc.uniqueArray(placement(id), { selector: ({ id }) => id, minLength: 1, maxLength: 2 }),
  }),
  fc.record({ type: fc.constant("remove" as const), ids: fc.uniqueArray(id, { minLength: 1, maxLength: 3 }) }),
  fc.record({ type: fc.constant("move" as const), places: fc.dictionary(id, place, { minKeys: 1, maxKeys: 3 }) }),
  fields.chain((change) =>
    fc.record({ type: fc.constant("change" as const), id, part: fc.constant("options" as const) })
      .map((command) => ({ ...command, ...change }))
  ),
  fc.record({ id, title: fc.string() }).map(({ id, title }) => ({
    type: "change" as const,
    id,
    part: "placement" as const,
    set: { title },
    unset: [],
  })),
  fc.shuffledSubarray(ids, { minLength: 0 }).map((ids) => ({ type: "order" as const, ids })),
);
const command: fc.Arbitrary<DashboardCommand> = fc.oneof<fc.MaybeWeightedArbitrary<DashboardCommand>[]>(
  { weight: 4, arbitrary: single },
  {
    weight: 1,
    arbitrary: fc.array(single, { minLength: 1, maxLength: 3 }).map((commands) => ({
      type: "batch" as const,
      words: "Several",
      commands,
    })),
  },
).map(asJson);

/** Does what fits; a command about a tile that is not there is refused, and changes nothing. */
function doAll(base: Dashboard, commands: DashboardCommand[]) {
  return commands.reduce((log, command) => {
    try {
      return doCommand(log, command);
    } catch (error) {
      assert.ok(error instanceof CommandError, String(error));
      return log;
    }
  }, startLog(base));
}

Deno.test("applyCommand(): any commands followed by all undos give the first document, all redos the last", () => {
  let steps = 0;
  fc.assert(
    fc.property(dashboard, fc.array(command, { minLength: 10, maxLength: 40 }), (base, commands) => {
      const first = structuredClone(base);
      const log = doAll(base, commands);
      steps += log.done.length;
      let back = log;
      while (back.done.length > 0) back = undo(back);
      assert.deepEqual(back.now, first);
      assert.deepEqual(base, first, "nothing was changed in place");
      let forward = back;
      while (forward.undone.length > 0) forward = redo(forward);
      assert.deepEqual(forward.now, log.now);
    }),
    { numRuns: 200 },
  );
  assert.ok(steps > 100, `enough commands fitted to say something: ${steps}`);
});

Deno.test("commandsBetween() leads from any dashboard to any other, and says nothing between equal ones", () => {
  fc.assert(
    fc.property(dashboard, dashboard, (before, after) => {
      const reached = commandsBetween(before, after).reduce((doc, one) => applyCommand(doc, one).dashboard, before);
      assert.deepEqual(reached, after);
      assert.deepEqual(commandsBetween(after, structuredClone(after)), []);
    }),
    { numRuns: 200 },
  );
});

Deno.test("readLog() brings back what storeLog() kept, undone steps included", () => {
  fc.assert(
    fc.property(dashboard, fc.array(command, { maxLength: 12 }), fc.nat({ max: 5 }), (base, commands, backwards) => {
      let log = doAll(base, commands);
      for (let i = 0; i < backwards; i++) log = undo(log);
      assert.deepEqual(readLog(JSON.parse(JSON.stringify(storeLog(log)))), JSON.parse(JSON.stringify(log)));
    }),
    { numRuns: 100 },
  );
});

Deno.test("mergeCommands() fits whatever the other did, and keeps what each changed alone", () => {
  fc.assert(
    fc.property(dashboard, fc.array(command, { maxLength: 8 }), fc.array(command, { maxLength: 8 }), (base, a, b) => {
      const [mine, theirs] = [doAll(base, a).now, doAll(base, b).now];
      const merged = mergeCommands(base, mine, theirs).reduce((doc, one) => applyCommand(doc, one).dashboard, theirs);
      const on = new Set(merged.placements.map(({ id }) => id));
      const baseIds = new Set(base.placements.map(({ id }) => id));
      for (const side of [mine, theirs]) {
        for (const { id } of side.placements) {
          if (!baseIds.has(id)) assert.ok(on.has(id), `what was added stays: ${id}`);
        }
      }
      if (commandsBetween(base, theirs).length === 0) assert.deepEqual(new Set(mine.placements.map((p) => p.id)), on);
    }),
    { numRuns: 200 },
  );
});

const tile = (id: string, title: string): Placement => ({
  id,
  widget: "kpi",
  widgetVersion: 1,
  title,
  options: { metric: "spend", goal: 1 },
  place: { x: 0, y: 0, w: 3, h: 2 },
});
const board: Dashboard = { ...dashboardSchema.parse({ id: "b", title: "B" }), placements: [tile("a", "A")] };

Deno.test("mergeCommands() loses neither side: a tile that they removed and I changed comes back", () => {
  const mine = applyCommand(board, {
    type: "change",
    id: "a",
    part: "options",
    set: { metric: "clicks" },
    unset: [],
  }).dashboard;
  const theirs = applyCommand(board, { type: "remove", ids: ["a"] }).dashboard;
  const merged = mergeCommands(board, mine, theirs).reduce((doc, one) => applyCommand(doc, one).dashboard, theirs);
  assert.equal(merged.placements[0]?.options.metric, "clicks");
});

Deno.test("doCommand() joins the letters of a word into one step, and no more than that", () => {
  const type = (title: string): DashboardCommand => ({
    type: "change",
    id: "a",
    part: "placement",
    set: { title },
    unset: [],
  });
  let log = startLog(board);
  for (const text of ["S", "Sp", "Spend"]) log = doCommand(log, type(text), { join: true });
  assert.equal(log.done.length, 1);
  log = doCommand(log, { type: "set", set: { title: "C" }, unset: [] }, { join: true });
  assert.equal(log.done.length, 2);
  assert.equal(undo(undo(log)).now.placements[0]?.title, "A");
});

Deno.test("applyCommand() refuses what does not fit, by name", () => {
  const refused = (command: DashboardCommand, pattern: RegExp) =>
    assert.throws(
      () => applyCommand(board, command),
      (error) => error instanceof CommandError && pattern.test(error.message),
    );
  refused({ type: "remove", ids: ["z"] }, /"z"/);
  refused({ type: "add", placements: [tile("a", "")] }, /"a": it is on the dashboard already/);
  refused({ type: "set", set: { id: "c" }, unset: [] }, /"id"/);
  refused({ type: "change", id: "a", part: "placement", set: { place: {} }, unset: [] }, /"place"/);
  refused({ type: "order", ids: [] }, /each of them once/);
  refused({ type: "paint" } as unknown as DashboardCommand, /"paint"/);
});

Deno.test("commandWords() names tiles by their titles, and options by what they were and are", () => {
  const change: DashboardCommand = {
    type: "change",
    id: "a",
    part: "options",
    set: { metric: "clicks" },
    unset: ["goal"],
  };
  assert.deepEqual(commandWords(change, board), [
    "“A”: metric changed from “spend” to “clicks”",
    "“A”: goal “1” taken away",
  ]);
  assert.deepEqual(commandWords({ type: "move", places: { a: { x: 0, y: 0, w: 6, h: 2 } } }, board), [
    "Resized “A” to 6 × 2",
  ]);
});
