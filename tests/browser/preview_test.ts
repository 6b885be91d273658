/** The picture of a draft while somebody types: it follows, never flickers, and an older answer never comes last. */
import assert from "node:assert/strict";
import { editorStory } from "./editor_story.ts";

const place = (x: number) => ({ x, y: 0, w: 4, h: 4 });
const board = {
  id: "typing",
  title: "Typing",
  defaults: { range: { from: "2026-01-01", to: "2026-01-28" }, compare: "none", values: {} },
  placements: [
    { id: "words", widget: "text", title: "Words", options: { text: "Spend was **{{spend}}**" }, place: place(0) },
    { id: "line", widget: "line", title: "Line", options: { metric: "spend" }, place: place(4) },
    { id: "sum", widget: "kpi", title: "Sum", options: { metric: "spend" }, place: place(8) },
  ],
};

editorStory(
  "[browser] the preview follows what is typed without flicker, and older answers are given up",
  async ({ page, app, origin }) => {
    const headers = { "content-type": "application/json" };
    const made = await app.fetch("/api/dashboards", { method: "POST", headers, body: JSON.stringify(board) });
    assert.equal(made.status, 201);
    await page.goto(`${origin}/dashboards/typing#edit`);
    await page.locator("#edit-line canvas").waitFor();
    const words = page.locator("#edit-words .tile__body");
    await words.getByText("Spend was €1,778").waitFor();

    // From here on every state that the page passes through is written down.
    await page.evaluate(() => {
      const seen: { words: string[]; gaps: string[] } = { words: [], gaps: [] };
      Object.assign(globalThis, { seen });
      const tile = (id: string) => document.querySelector(`#edit-${id}`)!;
      tile("line").querySelector("canvas")!.dataset.first = "yes";
      new MutationObserver(() => {
        const text = tile("words").querySelector(".tile__body")?.textContent ?? "";
        if (seen.words.at(-1) !== text) seen.words.push(text);
        if (text.trim() === "") seen.gaps.push("words");
        if (!tile("line").querySelector("canvas[data-first]")) seen.gaps.push("line");
        if (!/€/.test(tile("sum").querySelector(".kpi__value")?.textContent ?? "")) seen.gaps.push("sum");
        if (document.querySelector(".edit-grid .tile--loading")) seen.gaps.push("loading");
      }).observe(document.querySelector(".edit-grid")!, { subtree: true, childList: true, characterData: true });
    });
    // Answers come late, and the first of them last of all.
    let asked = 0, given = 0;
    await page.route("**/api/dashboards/preview", async (route) => {
      const turn = ++asked;
      await new Promise((done) => setTimeout(done, turn === 1 ? 600 : 150));
      await route.continue().then(() => given++, () => {}); // given up by the page meanwhile
    });

    await page.locator("#edit-words").click();
    const field = page.locator("#option-text");
    await field.focus();
    await page.keyboard.press("Control+End");
    const typed = " in January, more than before, and it was well spent";
    for (const word of typed.split(/(?= )/)) {
      await page.keyboard.type(word, { delay: 10 });
      await page.waitForTimeout(140); // a pause long enough for a question, too short for its answer
    }
    await words.getByText("and it was well spent").waitFor();
    const seen = await page.evaluate(() =>
      (globalThis as unknown as { seen: { words: string[]; gaps: string[] } }).seen
    );
    assert.deepEqual(seen.gaps, [], "nothing was ever empty, loading, or drawn from the beginning");
    const lengths = seen.words.map((text) => text.length);
    assert.deepEqual(lengths, lengths.toSorted((a, b) => a - b), "no older text came after a newer one");
    assert.match(seen.words.at(-1)!, /Spend was €1,778 in January.+well spent$/);
    assert.ok(asked > 1, `more than one question: ${asked}`);

    // A title is drawn with the letter, and asks nothing.
    const before = asked;
    await page.locator("#tile-title").fill("Other words");
    await page.locator("#edit-words").getByText("Other words").first().waitFor();
    assert.equal(asked, before);
    assert.ok(given <= asked);
    await page.unroute("**/api/dashboards/preview");
  },
);
