/** Draws charts away from the server's own thread. */
/// <reference lib="deno.worker" />
import type { ChartSpec } from "@/lib/widget/chart_spec.ts";
import { drawSvg } from "./draw_svg.ts";

/** What the server asks. */
export interface DrawRequest {
  id: number;
  spec: ChartSpec;
  size: { width: number; height: number };
  locale: string;
}

/** What it is answered: that it can begin, a picture, or why there is none. */
export type DrawAnswer = { ready: true } | { id: number; svg: string } | { id: number; error: string };

self.onmessage = ({ data: { id, spec, size, locale } }: MessageEvent<DrawRequest>) => {
  let answer: DrawAnswer;
  try {
    answer = { id, svg: drawSvg(spec, size, locale) };
  } catch (error) {
    answer = { id, error: error instanceof Error ? error.message : String(error) };
  }
  self.postMessage(answer);
};

self.postMessage({ ready: true } satisfies DrawAnswer);
