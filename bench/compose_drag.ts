/** How smoothly a tile is dragged: a scripted drag, and the frames that the browser's own trace says it drew. */
import type { Browser, Page } from "playwright-core";

/** A drag, by its frames. */
export interface Drag {
  /** Frames drawn a second. */
  perSecond: number;
  /** Milliseconds from one drawn frame to the next: the middle, and what 95 % stay below. */
  p50: number;
  p95: number;
  drawn: number;
  /** Frames that were due and not drawn in time. */
  dropped: number;
}

/** A trace's event, as far as it is read. */
export interface TraceEvent {
  name: string;
  ph: string;
  /** Microseconds. */
  ts: number;
}

const SECONDS = 3;
/** Milliseconds between two positions of the mouse: what an ordinary mouse sends. */
const PACE = 8;

/** What the browser writes down of its frames. */
const FRAMES = [
  "devtools.timeline",
  "devtools.timeline.frame",
  "disabled-by-default-devtools.timeline",
  "disabled-by-default-devtools.timeline.frame",
];

/** Drags a tile in a wide circle, pushing others out of its way, then drops it. */
export async function dragInCircle(browser: Browser, page: Page, tile: string): Promise<Drag> {
  const box = (await page.locator(tile).boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + 20];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 10, y + 4, { steps: 3 });
  const session = await page.context().newCDPSession(page);
  await browser.startTracing(page, {
    categories: FRAMES,
  });
  let answered = true;
  let last: Promise<unknown> = Promise.resolve();
  const start = performance.now();
  for (let now = 0; now < SECONDS * 1_000; now = performance.now() - start) {
    const turn = now / (SECONDS * 1_000) * Math.PI * 2;
    // A position that the page had no time for is left out, as a browser joins those of a real mouse.
    if (answered) {
      answered = false;
      last = session.send("Input.dispatchMouseEvent", {
        type: "mouseMoved",
        button: "left",
        buttons: 1,
        x: x + Math.sin(turn) * 420,
        y: y + (1 - Math.cos(turn)) * 160,
      }).then(() => answered = true);
    }
    await new Promise((resolve) => setTimeout(resolve, PACE));
  }
  await last;
  const { traceEvents } = JSON.parse(new TextDecoder().decode(await browser.stopTracing())) as {
    traceEvents: TraceEvent[];
  };
  await page.mouse.up();
  await session.detach();
  return framesOf(traceEvents);
}

/** The frames in a trace. */
export function framesOf(events: TraceEvent[]): Drag {
  const times = (name: string) => events.filter((event) => event.name === name).map(({ ts }) => ts / 1_000);
  const drawn = times("DrawFrame").toSorted((a, b) => a - b);
  const gaps = drawn.slice(1).map((time, index) => time - drawn[index]!).toSorted((a, b) => a - b);
  // A page that stands still while it is dragged about has a figure too: none.
  const at = (share: number) => gaps[Math.min(gaps.length - 1, Math.floor(gaps.length * share))] ?? Infinity;
  return {
    perSecond: gaps.length === 0 ? 0 : gaps.length / (drawn.at(-1)! - drawn[0]!) * 1_000,
    p50: at(0.5),
    p95: at(0.95),
    drawn: drawn.length,
    dropped: times("DroppedFrame").length,
  };
}
