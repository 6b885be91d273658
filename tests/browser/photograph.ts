/** Pages at every size, light and dark: held against the rules of accessibility, and kept as pictures. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import axe from "axe-core";
import type { Page } from "playwright-core";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** A desk and a phone. */
export const SIZES = [{ width: 1440, height: 900 }, { width: 390, height: 844 }];

/** What a page is seen in, in an order in which little has to be drawn anew from one to the next. */
const STATES = [
  { ...SIZES[0]!, colorScheme: "light", rules: "all" },
  { ...SIZES[0]!, colorScheme: "dark", rules: "colours" },
  { ...SIZES[1]!, colorScheme: "dark", rules: "all" },
  { ...SIZES[1]!, colorScheme: "light", rules: "colours" },
] as const;

/** Rules that depend on nothing but colours: they are all that a change from light to dark can break. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Holds a page against the rules of accessibility; on a page whose other colours were held already, against those of colour. */
export async function assertAccessible(page: Page, what: string, rules: "all" | "colours" = "all"): Promise<void> {
  // Once a page: it is half a megabyte of code.
  if (!await page.evaluate(() => "axe" in globalThis)) await page.evaluate(axe.source);
  const violations = await page.evaluate(async (runOnly) => {
    const { axe } = globalThis as unknown as {
      axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    // The same rules on the same elements; what passed is not written up, which takes half of the time.
    const { violations } = await axe.run({ runOnly, resultTypes: ["violations"], selectors: false });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).slice(0, 3).join(" | ")}`);
  }, rules === "all" ? { type: "tag", values: TAGS } : { type: "rule", values: COLOUR_RULES });
  assert.deepEqual(violations, [], `axe finds nothing on ${what}`);
}

/**
 * Takes pictures of a page at every size, light and dark, into `screenshots/`; each must be accessible and fit. Where
 * nobody looks at them (`CI` is set) only the rules are checked. `prepare` runs before each: what floats over a page may lie on something that is too small under it.
 */
export async function photograph(
  page: Page,
  name: string,
  prepare: (page: Page) => Promise<unknown> = () => Promise.resolve(),
): Promise<void> {
  await Deno.mkdir(`${root}screenshots`, { recursive: true });
  for (const { colorScheme, rules, ...size } of STATES) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await redrawn(page);
    await prepare(page);
    await settle(page);
    await assertAccessible(page, `${name}, ${size.width} px, ${colorScheme}`, rules);
    const path = `${root}screenshots/${name}-${size.width}-${colorScheme}.png`;
    if (!Deno.env.get("CI")) await page.screenshot({ path, fullPage: true });
    const overflow = await page.evaluate(() =>
      document.documentElement.scrollWidth - document.documentElement.clientWidth
    );
    assert.equal(overflow, 0, `${name} does not scroll sideways at ${size.width} px`);
  }
  await page.setViewportSize(SIZES[0]!);
  await page.emulateMedia({ colorScheme: "light" });
}

/** Waits until every chart in sight has the size of its place: they draw themselves anew a moment after it changed. */
async function redrawn(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    [...document.querySelectorAll<HTMLCanvasElement>(".chart__plot > canvas")].every((canvas) => {
      const { clientWidth, clientHeight } = canvas.parentElement!;
      const { width, height } = canvas;
      if (clientWidth === 0) return true; // not shown at this size
      return Math.abs(width / devicePixelRatio - clientWidth) < 2 &&
        Math.abs(height / devicePixelRatio - clientHeight) < 2;
    })
  );
}

/** Waits until no colour is on its way to another: in the middle of a change no contrast is right. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const ending = document.getAnimations().filter((animation) =>
      Number.isFinite(Number(animation.effect?.getComputedTiming().endTime))
    );
    await Promise.allSettled(ending.map((animation) => animation.finished));
  });
}
