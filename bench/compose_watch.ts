/**
 * What runs inside the page while it is measured: when did the last change reach the screen. It is sent to the
 * browser as text, so it uses nothing from outside of itself.
 */

/** How a click was answered on the screen. */
export interface Painted {
  /** Milliseconds from the click to the frame that showed the last change. */
  milliseconds: number;
  /** The tiles that changed. */
  tiles: number;
}

/** What `installWatch` leaves in the page. */
export interface Watch {
  /**
   * Begins to watch the tiles under a selector; the next click starts the clock. `whole` ends the watch with the first
   * frame on which all of them stand; else it ends with the last change, once all have changed.
   */
  begin(options: { tiles: string; expect: number; whole: boolean }): void;
  /** When the watch ended; rejects where that takes too long. */
  painted(): Promise<Painted>;
}

/** Puts the watch into a page; to be run before the page's own scripts. */
export function installWatch(): void {
  const drawn = new WeakSet<HTMLCanvasElement>();
  let onDraw = (_canvas: HTMLCanvasElement) => {};
  // Each drawing of a chart begins with a cleared canvas.
  const { clearRect } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.clearRect = function (...box) {
    if (this.canvas instanceof HTMLCanvasElement) {
      drawn.add(this.canvas);
      onDraw(this.canvas);
    }
    return clearRect.apply(this, box);
  };
  let result: Promise<Painted> = Promise.reject(new Error("nothing is watched"));
  result.catch(() => {});

  const watch: Watch = {
    begin({ tiles, expect, whole }) {
      result = new Promise((resolve, reject) => {
        let clicked = 0;
        let last = 0;
        let waiting = false;
        const changed = new Set<Element>();
        const stands = () => {
          const all = [...document.querySelectorAll(tiles)];
          return all.length === expect && all.every((tile) => {
            if (tile.querySelector(".tile--loading") || tile.classList.contains("tile--loading")) return false;
            // What is far out of sight is drawn when it comes near.
            const { top, bottom } = tile.getBoundingClientRect();
            if (bottom < 0 || top > innerHeight) return true;
            const plots = [...tile.querySelectorAll(".chart__plot")];
            return plots.every((plot) => [...plot.querySelectorAll("canvas")].some((canvas) => drawn.has(canvas)));
          });
        };
        const stop = () => {
          observer.disconnect();
          clearInterval(timer);
          onDraw = () => {};
          removeEventListener("click", click, true);
        };
        const end = () => {
          stop();
          resolve({ milliseconds: last - clicked, tiles: changed.size });
        };
        // A change is on the screen when the frame after it was handed over: a task that follows it.
        const mark = () => {
          if (clicked === 0 || waiting) return;
          waiting = true;
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => {
              waiting = false;
              last = performance.now();
              if (whole && stands()) end();
            };
            port2.postMessage(null);
          });
        };
        const note = (node: Node, content = true) => {
          const element = node instanceof Element ? node : node.parentElement;
          const tile = element?.closest(tiles);
          // What only screen readers meet is not painted.
          if (!tile || element?.closest(".visually-hidden")) return;
          if (content) changed.add(tile);
          mark();
        };
        // A tile that is marked as waiting has changed on the screen, and does not show its answer yet.
        const observer = new MutationObserver((records) =>
          records.forEach(({ target, type }) => note(target, type !== "attributes"))
        );
        observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
        onDraw = note;
        const click = (event: Event) => {
          clicked ||= event.timeStamp;
        };
        addEventListener("click", click, true);
        const started = performance.now();
        const timer = setInterval(() => {
          const now = performance.now();
          if (!whole && last > 0 && now - last > 400 && changed.size >= expect && stands()) return end();
          if (now - started < 20_000) return;
          stop();
          reject(new Error(`${changed.size} of ${expect} tiles changed in 20 s`));
        }, 50);
      });
      result.catch(() => {});
    },
    painted: () => result,
  };
  (globalThis as unknown as { tesseraWatch: Watch }).tesseraWatch = watch;
}
