/** One spec to SVG text: the page's own chart.js configuration, drawn on a context that writes SVG. */
import { createHash } from "node:crypto";
import { createCanvas, GlobalFonts } from "@napi-rs/canvas";
import { Chart, type ChartItem } from "chart.js";
import { type AnyChartConfiguration, chartConfig } from "@/components/chart/chart_config.ts";
import { registerChartParts } from "@/components/chart/chart_parts.ts";
import { CHART_TOKENS, type ChartToken } from "@/components/chart/tokens.ts";
import { chartTheme } from "@/components/chart/theme.ts";
import type { ChartSpec } from "@/lib/widget/chart_spec.ts";
import { escapeText, SvgContext } from "./svg_context.ts";

const INTER = "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2";
const TOKENS = Object.keys(CHART_TOKENS.light) as ChartToken[];
// Each token is drawn in a colour that nothing else has, and named again when written: equal hex values stay apart.
const SENTINELS = new Map(TOKENS.map((token, index) => [`1,2,${index + 3}`, token]));
const THEME = chartTheme((token) => `#0102${(TOKENS.indexOf(token) + 3).toString(16).padStart(2, "0")}`);

let measuring: ReturnType<typeof prepare> | undefined;

/** Draws a spec as SVG text whose colours are the page's CSS variables. */
export function drawSvg(spec: ChartSpec, size: { width: number; height: number }, locale: string): string {
  measuring ??= prepare();
  const canvas = { width: size.width, height: size.height };
  // Ids must differ between all pictures of one page.
  const content = createHash("sha256").update(JSON.stringify([spec, size, locale])).digest("hex");
  const id = `p${content.slice(0, 10)}-`;
  const context = new SvgContext(canvas, measuring, paint, id);
  const item = { ...canvas, getContext: () => context };
  Object.assign(context, { canvas: item });
  const config = chartConfig(spec, { theme: THEME, locale });
  const options = { ...config.options, devicePixelRatio: 1, events: [] } as AnyChartConfiguration["options"];
  const chart = new Chart(item as unknown as ChartItem, { ...config, options } as AnyChartConfiguration);
  chart.destroy();
  // A plot that is a little wider than expected stretches, so that nothing moves when the canvas comes; a ring stays round.
  const ratio = spec.type === "donut" ? "xMidYMid meet" : "none";
  return `<svg xmlns="http://www.w3.org/2000/svg" class="chart__svg" viewBox="0 0 ${size.width} ${size.height}" ` +
    `preserveAspectRatio="${ratio}" aria-hidden="true" font-size="12">${context.elements()}</svg>`;
}

/** The picture with plain colours instead of CSS variables, for places without the page's style sheet. */
export function withPlainColors(svg: string, theme: "light" | "dark"): string {
  return svg.replace(/var\(--([\w-]+)\)/g, (whole, token) => CHART_TOKENS[theme][token as ChartToken] ?? whole)
    .replace("<svg ", `<svg font-family="${escapeText("Inter Variable, system-ui, sans-serif")}" `);
}

function prepare(): (text: string, font: string) => TextMetrics {
  const file = new URL(import.meta.resolve(INTER));
  if (!GlobalFonts.registerFromPath(decodeURIComponent(file.pathname), "Inter Variable")) {
    throw new Error(`Cannot draw charts: the font "${file.pathname}" cannot be read; run "deno install"`);
  }
  registerChartParts();
  const context = createCanvas(8, 8).getContext("2d");
  const known = new Map<string, TextMetrics>();
  return (text, font) => {
    const key = `${font}|${text}`;
    let metrics = known.get(key);
    if (!metrics) {
      if (known.size > 5_000) known.clear();
      context.font = font;
      metrics = context.measureText(text) as TextMetrics;
      known.set(key, metrics);
    }
    return metrics;
  };
}

function paint(role: "fill" | "stroke", color: string, alpha: number): string {
  const { name, opacity } = parsed(color);
  const shown = opacity * alpha;
  if (shown <= 0) return "";
  const rest = shown < 1 ? ` ${role}-opacity="${Math.round(shown * 100) / 100}"` : "";
  return ` ${role}="${name}"${rest}`;
}

function parsed(color: string): { name: string; opacity: number } {
  const hex = color.match(/^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i);
  const rgba = color.match(/^rgba\((\d+), ?(\d+), ?(\d+), ?([\d.]+)\)$/);
  const parts = hex ? hex.slice(1, 4).map((part) => parseInt(part, 16)) : rgba?.slice(1, 4).map(Number);
  if (!parts) {
    return { name: color === "transparent" ? "none" : escapeText(color), opacity: color === "transparent" ? 0 : 1 };
  }
  const token = SENTINELS.get(parts.join(","));
  return { name: token ? `var(--${token})` : `rgb(${parts.join(",")})`, opacity: rgba ? Number(rgba[4]) : 1 };
}
