/** Pages at every size, light and dark: held against the rules of accessibility, and kept as pictures. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import axe from "axe-core";
import type { Page } from "playwright-core";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** A desk and a phone. */
export const SIZES = [{ width: 1440, height: 900 }, { width: 390, height: 844 }];

/** Holds a page against the rules of accessibility. */
export async function assertAccessible(page: Page, what: string): Promise<void> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run({
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).slice(0, 3).join(" | ")}`);
  });
  assert.deepEqual(violations, [], `axe finds nothing on ${what}`);
}

/**
 * Takes pictures of a page at every size, light and dark, into `screenshots/`; each must be accessible and fit.
 * `prepare` runs before each: what floats over a page may lie on something that is too small under it.
 */
export async function photograph(
  page: Page,
  name: string,
  prepare: (page: Page) => Promise<unknown> = () => Promise.resolve(),
): Promise<void> {
  await Deno.mkdir(`${root}screenshots`, { recursive: true });
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.waitForTimeout(250); // charts draw themselves anew a moment after their place changed
      await prepare(page);
      await settle(page);
      await assertAccessible(page, `${name}, ${size.width} px, ${colorScheme}`);
      await page.screenshot({ path: `${root}screenshots/${name}-${size.width}-${colorScheme}.png`, fullPage: true });
      const overflow = await page.evaluate(() =>
        document.documentElement.scrollWidth - document.documentElement.clientWidth
      );
      assert.equal(overflow, 0, `${name} does not scroll sideways at ${size.width} px`);
    }
  }
  await page.setViewportSize(SIZES[0]!);
  await page.emulateMedia({ colorScheme: "light" });
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
