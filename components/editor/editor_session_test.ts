import assert from "node:assert/strict";
import fc from "fast-check";
import { dashboardSchema } from "@/lib/model/mod.ts";
import type { Alignment } from "@/lib/model/align_tiles.ts";
import { EditorSession } from "./editor_session.ts";
import { deriveAll, deriveChosen, droppedOnPhone, hideOnPhone, resizeOnPhone, stepOnPhone } from "./phone_actions.ts";
import { addSection, addTab, chosenToTab, moveTab, removeTab, renameTab } from "./tab_actions.ts";
import { align, copyChosen, duplicateChosen, nudge, paste, removeChosen, step } from "./tile_actions.ts";

/** Everything that a reader can do in the editor, steered by a number; what does not fit at the moment does nothing. */
const ACTIONS: Record<string, (session: EditorSession, n: number) => void> = {
  select: (session, n) => session.select(session.here.filter((_, index) => (n >> index) & 1).map(({ id }) => id)),
  all: (session) => session.select(session.here.map(({ id }) => id)),
  move: (session, n) => nudge(session, { x: n % 5 - 2, y: n % 7 - 3 }),
  resize: (session, n) => nudge(session, { w: n % 3 - 1, h: n % 5 - 2 }),
  align: (session, n) => {
    const ways: Alignment[] = ["left", "right", "top", "bottom", "across", "down", "size"];
    align(session, ways[n % ways.length]!);
  },
  step: (session, n) => {
    const tile = session.here[n % Math.max(1, session.here.length)];
    if (tile) step(session, tile.id, n % 2 ? 1 : -1);
  },
  remove: (session) => removeChosen(session),
  duplicate: (session) => session.now.placements.length < 30 && duplicateChosen(session),
  copy: (session) => copyChosen(session),
  paste: (session) => session.now.placements.length < 30 && paste(session),
  section: (session) => addSection(session),
  addTab: (session) => (session.now.tabs ?? []).length < 6 && addTab(session),
  renameTab: (session, n) => session.open && renameTab(session, session.open.id, `Name ${n}`),
  moveTab: (session, n) => session.open && moveTab(session, session.open.id, n % 4),
  removeTab: (session) => session.open && removeTab(session, session.open.id),
  toTab: (session, n) => {
    const { tabs = [] } = session.now;
    if (tabs.length > 0) chosenToTab(session, tabs[n % tabs.length]!);
  },
  goTo: (session, n) => session.goTo(session.now.tabs?.[n % 4]?.id),
  title: (session, n) => {
    const [one] = session.chosen;
    if (one) session.do({ type: "change", id: one.id, part: "placement", set: { title: `T${n}` }, unset: [] });
  },
  option: (session, n) => {
    const [one] = session.chosen;
    const change = n % 2 ? { set: { metric: `m${n}` }, unset: [] } : { set: {}, unset: ["metric"] };
    if (one) session.do({ type: "change", id: one.id, part: "options", ...change }, { typed: n % 3 === 0 });
  },
  board: (session, n) => session.do({ type: "set", set: { title: `B${n}` }, unset: [] }, { typed: true }),
  phoneStep: (session, n) => stepOnPhone(session, n % 2 ? 1 : -1),
  phoneSize: (session, n) => resizeOnPhone(session, n % 2 ? { w: n % 3 - 1 } : { h: n % 5 - 2 }),
  phoneHide: (session, n) => hideOnPhone(session, session.selected.value, n % 3 > 0),
  phoneDrop: (session, n) => {
    const tile = session.here[n % Math.max(1, session.here.length)];
    if (!tile) return;
    const from = { x: 0, y: n % 9, w: 1, h: 1 };
    droppedOnPhone(session, tile.id, from, { [tile.id]: { ...from, h: 1 + n % 2 } });
  },
  phoneReset: (session) => deriveChosen(session),
  phoneFollow: (session) => deriveAll(session),
  undo: (session) => session.undo(),
  redo: (session) => session.redo(),
};

const first = dashboardSchema.parse({
  id: "board",
  title: "Board",
  placements: [[0, 0, 3, 2], [3, 0, 3, 2], [6, 0, 6, 4], [0, 4, 12, 3]].map(([x, y, w, h], index) => ({
    id: `t${index}`,
    widget: index === 2 ? "line" : "kpi",
    options: { metric: "spend" },
    place: { x, y, w, h },
  })),
});

Deno.test("EditorSession: whatever a reader does can be saved, and all undos give the first document, all redos the last", () => {
  const deed = fc.tuple(fc.constantFrom(...Object.keys(ACTIONS)), fc.nat(1_000));
  let steps = 0;
  try {
    fc.assert(
      fc.property(fc.array(deed, { minLength: 10, maxLength: 60, size: "max" }), (deeds) => {
        const session = new EditorSession(first, 1, { key: "tessera-test", draft: null, release: () => {} });
        for (const [name, n] of deeds) {
          ACTIONS[name]!(session, n);
          const fault = dashboardSchema.safeParse(session.now).error;
          assert.equal(fault, undefined, `${name} ${n} leaves what the server takes`);
        }
        const last = session.now;
        const { done } = session.draft.value.log;
        steps += done.length;
        for (let i = 0; i < done.length; i++) session.undo();
        assert.deepEqual(session.now, first);
        assert.equal(session.changed, false);
        for (let i = 0; i < done.length; i++) session.redo();
        assert.deepEqual(session.now, last);
      }),
      { numRuns: 100 },
    );
  } finally {
    localStorage.clear();
  }
  assert.ok(steps > 500, `enough was done to say something: ${steps}`);
});
