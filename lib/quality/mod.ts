/**
 * Quality: how far the numbers of a dataset can be relied on, and why. Worked out from the warehouse and the ledger
 * through their interfaces alone, so it is the same on every store. It changes nothing.
 */
export * from "./quality.ts";
export { loadQuality } from "./load_quality.ts";
