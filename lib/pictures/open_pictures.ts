import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { Pictures } from "@/lib/widget/mod.ts";
import { DrawWorker } from "./draw_worker.ts";

/** How pictures are drawn. */
export interface PicturesOptions {
  /** Threads that draw. @default 1 */
  workers?: number;
  /** Milliseconds after which a page goes out without its picture. @default 1500 */
  deadline?: number;
  /** Bytes of pictures that are kept. @default 33554432 */
  cacheBytes?: number;
  /** Is told why a picture could not be drawn. */
  onError?: (message: string) => void;
}

/** Opens the drawing of pictures. Workers start with the first picture. */
export function openPictures(options: PicturesOptions = {}): Pictures {
  const { workers = 1, deadline = 1_500, cacheBytes = 32 * 1024 * 1024, onError = () => {} } = options;
  const pool = Array.from({ length: Math.max(1, workers) }, () => new DrawWorker(onError));
  const cache = new LRUCache<string, string>({ maxSize: cacheBytes, sizeCalculation: (svg) => svg.length + 64 });
  const drawing = new Map<string, Promise<string | null>>();

  return {
    async draw(spec, size, locale) {
      const fitted = { width: within(size.width), height: within(size.height) };
      const key = createHash("sha256").update(JSON.stringify([spec, fitted, locale])).digest("base64");
      const known = cache.get(key);
      if (known !== undefined) return known;
      let drawn = drawing.get(key);
      if (!drawn) {
        const worker = pool.reduce((least, other) => other.waiting < least.waiting ? other : least);
        // A picture that comes too late for this page is there for the next one.
        drawn = worker.draw(spec, fitted, locale).then((svg) => {
          if (svg !== null) cache.set(key, svg);
          return svg;
        }).finally(() => drawing.delete(key));
        drawing.set(key, drawn);
      }
      return await soon(drawn, deadline);
    },
    close() {
      for (const worker of pool) worker.close();
      return Promise.resolve();
    },
  };
}

/** A side's length that can be drawn. */
function within(length: number): number {
  return Number.isFinite(length) ? Math.min(4_000, Math.max(16, Math.round(length))) : 16;
}

async function soon<T>(value: Promise<T>, milliseconds: number): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), milliseconds);
  });
  try {
    return await Promise.race([value, late]);
  } finally {
    clearTimeout(timer);
  }
}
