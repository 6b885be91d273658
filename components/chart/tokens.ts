/**
 * The tokens that charts use, as values: for drawing where no style sheet is at hand (pictures in mail, fallbacks).
 * `static/tokens.css` is the source; the test beside this file holds both together.
 */

/** Tokens by name, without the leading `--`. */
export const CHART_TOKENS = {
  light: {
    "surface": "#ffffff",
    "ink": "#16201d",
    "ink-2": "#4a5651",
    "ink-3": "#5f6965",
    "line-strong": "#c5cac3",
    "gridline": "#e9ece8",
    "compare": "#858f8a",
    "series-1": "#0f766e",
    "series-2": "#438dfd",
    "series-3": "#bb4301",
    "series-4": "#8645c3",
    "series-5": "#7b9f58",
    "series-6": "#bc7bad",
    "series-7": "#394c82",
    "series-8": "#7f3026",
    "series-rest": "#858f8a",
  },
  dark: {
    "surface": "#14181d",
    "ink": "#e9eeec",
    "ink-2": "#b4bfbb",
    "ink-3": "#8b9793",
    "line-strong": "#3a454f",
    "gridline": "#222a31",
    "compare": "#7d8985",
    "series-1": "#2dd4bf",
    "series-2": "#73a6ed",
    "series-3": "#f88052",
    "series-4": "#8b5aab",
    "series-5": "#a8e363",
    "series-6": "#b186a1",
    "series-7": "#4475ed",
    "series-8": "#c0573a",
    "series-rest": "#66716d",
  },
} as const;

/** Name of a token that charts use. */
export type ChartToken = keyof typeof CHART_TOKENS.light;
