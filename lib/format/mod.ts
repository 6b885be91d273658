/** Numbers, money, dates and names to text. Pure: the same text on the server and in the browser. */
export { formatCell } from "./cell.ts";
export { type Change, formatChange } from "./changes.ts";
export {
  type DateOptions,
  formatPeriod,
  formatPeriodFull,
  formatRange,
  isDay,
  isoWeek,
  nextPeriod,
  periodStart,
} from "./dates.ts";
export { anomalyAmount, anomalyChange, anomalyDetail, anomalySentence, anomalySubject } from "./anomaly_sentence.ts";
export { NOT_SET, PLATFORM_NAMES, valueLabel } from "./labels.ts";
export { knownLocale } from "./locale.ts";
export { currencySymbol, formatMetric, NO_VALUE, type NumberOptions } from "./numbers.ts";
