import assert from "node:assert/strict";
import fc from "fast-check";
import { commandsBetween } from "./commands_between.ts";
import { mergeCommands } from "./merge_commands.ts";
import { openTab, placementsOn } from "./tabs.ts";
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
const tabIds = ["one", "two", "three"];
const phone = fc.record({
  order: fc.integer({ min: 0, max: 9 }),
  hidden: fc.boolean(),
  h: fc.integer({ min: 1, max: 40 }),
  w: fc.integer({ min: 1, max: 2 }),
}, { requiredKeys: [] });
const tab = fc.record({ id: fc.constantFrom(...tabIds), name: fc.constantFrom("A", "B", "C") });
const placement = (of: fc.Arbitrary<string>): fc.Arbitrary<Placement> =>
  fc.record({
    id: of,
    widget: fc.constantFrom("kpi", "line", "gone"),
    widgetVersion: fc.constant(1),
    title: fc.string({ maxLength: 8 }),
    options,
    place,
    tab: fc.constantFrom(...tabIds, "gone"),
    phone,
  }, { requiredKeys: ["id", "widget", "widgetVersion", "title", "options", "place"] });
const dashboard: fc.Arbitrary<Dashboard> = fc.record({
  title: fc.string({ minLength: 1, maxLength: 8 }),
  placements: fc.uniqueArray(placement(id), { selector: ({ id }) => id, maxLength: 6 }),
  tabs: fc.uniqueArray(tab, { selector: ({ id }) => id, maxLength: 3 }),
  later: fc.option(fc.jsonValue({ maxDepth: 1 }), { nil: undefined }),
}).map(({ title, placements, tabs, later }) => ({
  ...dashboardSchema.parse({ id: "board", title: `t${title}` }),
  ...later === undefined ? {} : { later },
  ...tabs.length === 0 ? {} : { tabs },
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
  fc.record({
    type: fc.constant("phone" as const),
    phones: fc.dictionary(id, fc.option(phone), { minKeys: 1, maxKeys: 3 }),
  }),
  fc.record({ type: fc.constant("add-tab" as const), tab }),
  fc.record({ type: fc.constant("remove-tab" as const), id: fc.constantFrom(...tabIds) }),
  fc.record({ id: fc.constantFrom(...tabIds), name: fc.string({ maxLength: 4 }) }).map(({ id, name }) => ({
    type: "change-tab" as const,
    id,
    set: { name },
    unset: ["filters"],
  })),
  fc.shuffledSubarray(tabIds, { minLength: 1 }).map((ids) => ({ type: "order-tabs" as const, ids })),
  fc.record({ id, tab: fc.constantFrom(...tabIds) }).map(({ id, tab }) => ({
    type: "change" as const,
    id,
    part: "placement" as const,
    set: { tab },
    unset: [],
  })),
  fields.chain((change) =>
    fc.record({ type: fc.constant("change" as const), id, part: fc.constant("options" as const) })
      .map((command) => ({ ...command, ...change }))
  ),
  fc.record({ id, title: fc.string() }).map(({ id, title }) => ({
    type: "change" as const,
    id,
    part: "placement" as const,
    set: { title, formulas: [{ name: "half", formula: "spend / 2" }] },
    unset: ["filters", "range"],
  })),
  fc.shuffledSubarray(ids, { minLength: 0 }).map((ids) => ({ type: "order" as const, ids })),
  fc.constantFrom("save" as const, "take" as const).map((act) => ({
    type: "metric" as const,
    act,
    dataset: "ads",
    metric: { name: "half", formula: "spend / 2" },
  })),
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
      const tabs = new Set((merged.tabs ?? []).map(({ id }) => id));
      const baseTabs = new Set((base.tabs ?? []).map(({ id }) => id));
      for (const { id } of [...mine.tabs ?? [], ...theirs.tabs ?? []]) {
        if (!baseTabs.has(id)) assert.ok(tabs.has(id), `a tab that was added stays: ${id}`);
      }
      for (const { id, tab } of mine.placements) {
        // New ids are random: two editors never add the same one.
        if (!baseIds.has(id) && theirs.placements.some((other) => other.id === id)) continue;
        const moved = base.placements.find((other) => other.id === id)?.tab !== tab;
        if (moved && mine.tabs?.some((other) => other.id === tab)) {
          assert.ok(tabs.has(tab!), `the tab that I put a tile on is there: ${tab}`);
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

Deno.test("mergeCommands() brings back a tab that they removed while I put a tile on it, and keeps both new tabs", () => {
  const doAll = (dashboard: Dashboard, ...commands: DashboardCommand[]) =>
    commands.reduce((doc, command) => applyCommand(doc, command).dashboard, dashboard);
  const addTab = (id: string): DashboardCommand => ({ type: "add-tab", tab: { id, name: id.toUpperCase() } });
  const base = doAll(board, addTab("x"), addTab("y"));
  const toTab: DashboardCommand = { type: "change", id: "a", part: "placement", set: { tab: "y" }, unset: [] };
  const mine = doAll(base, toTab, addTab("mine"), { type: "order-tabs", ids: ["y", "x", "mine"] });
  const theirs = doAll(base, { type: "remove-tab", id: "y" }, addTab("theirs"));
  const merged = doAll(theirs, ...mergeCommands(base, mine, theirs));
  assert.deepEqual(merged.tabs?.map(({ id }) => id), ["y", "x", "mine", "theirs"]);
  assert.deepEqual(placementsOn(merged, "y").map(({ id }) => id), ["a"]);
});

Deno.test("placementsOn(): a document without tabs is one page; a tile without a tab, or of one that went, is on the first", () => {
  assert.deepEqual(placementsOn(board, "any"), board.placements);
  const tabs = [{ id: "x", name: "X" }, { id: "y", name: "Y" }];
  const placements = [tile("a", "A"), { ...tile("b", "B"), tab: "y" }, { ...tile("c", "C"), tab: "gone" }];
  const on = (wanted?: string) => placementsOn({ tabs, placements }, wanted).map(({ id }) => id);
  assert.deepEqual([on(), on("x"), on("y"), on("gone")], [["a", "c"], ["a", "c"], ["b"], ["a", "c"]]);
  assert.equal(openTab({ tabs }, "gone")?.name, "X");
});

Deno.test("dashboardSchema holds ids of tabs apart, and says how to have none", () => {
  const fault = (tabs: unknown) => dashboardSchema.safeParse({ id: "a", title: "A", tabs }).error?.issues[0]?.message;
  assert.equal(fault(undefined), undefined);
  assert.match(fault([]) ?? "", /leave tabs out/);
  assert.match(fault([{ id: "x", name: "X" }, { id: "x", name: "Y" }]) ?? "", /same id/);
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
  refused({ type: "set", set: { tabs: [] }, unset: [] }, /"tabs"/);
  refused({ type: "change", id: "a", part: "placement", set: { phone: {} }, unset: [] }, /"phone"/);
  refused({ type: "remove-tab", id: "z" }, /the tab "z": it is not on the dashboard/);
  refused({ type: "order-tabs", ids: [] }, /each of them once/);
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
  const tabbed = applyCommand(board, { type: "add-tab", tab: { id: "x", name: "Paid" } }).dashboard;
  const toTab: DashboardCommand = { type: "change", id: "a", part: "placement", set: { tab: "x" }, unset: [] };
  assert.deepEqual(commandWords(toTab, board, tabbed), ["Moved “A” to the tab “Paid”"]);
  assert.deepEqual(commandWords({ type: "change-tab", id: "x", set: { name: "Search" }, unset: [] }, tabbed), [
    "Tab “Paid”: name changed from “Paid” to “Search”",
  ]);
  assert.deepEqual(commandWords({ type: "phone", phones: { a: { hidden: true, h: 3 } } }, board), [
    "“A”: hidden on phones",
    "“A”: 3 rows high on phones",
  ]);
  const two = applyCommand(board, { type: "add", placements: [tile("b", "B")] }).dashboard;
  assert.deepEqual(commandWords({ type: "phone", phones: { a: { order: 1 }, b: { order: 0, w: 2 } } }, two), [
    "Changed the order of the tiles on phones",
    "“B”: whole width on phones",
  ]);
});
