import assert from "node:assert/strict";
import { headerKey } from "../header_key.ts";
import { builtInDatasets } from "./mod.ts";

const CALL = /\b(sum|avg|min|max|count|count_distinct|only)\(([a-z0-9_]+)\)/g;

Deno.test("builtInDatasets name each header once", () => {
  for (const dataset of builtInDatasets) {
    const owner = new Map<string, string>();
    for (const column of dataset.columns) {
      for (const header of new Set([column.name, column.title, ...column.synonyms].map(headerKey))) {
        // `Day` may stand for the time column only; a header that two columns claim would be decided by their order.
        assert.equal(
          owner.get(header),
          undefined,
          `${dataset.id}: "${header}" is ${owner.get(header)} and ${column.name}`,
        );
        owner.set(header, column.name);
      }
    }
  }
});

Deno.test("builtInDatasets have formulas over columns and metrics that exist, and add no column that must not be", () => {
  for (const { id, columns, metrics, rollups } of builtInDatasets) {
    for (const { name, formula } of metrics) {
      for (const [, fn, argument] of formula.matchAll(CALL)) {
        const column = columns.find((c) => c.name === argument);
        assert.ok(column, `${id}.${name}: no column ${argument}`);
        if (fn === "sum") assert.ok(column.additive, `${id}.${name} adds up ${argument}`);
        if (fn === "only") assert.ok(!column.additive, `${id}.${name}: ${argument} may be added`);
      }
      for (const word of formula.replaceAll(CALL, "1").match(/[a-z_][a-z0-9_.]*/g) ?? []) {
        const [metric = "", other = id] = word.split(".").reverse();
        const known = builtInDatasets.find((one) => one.id === other)?.metrics ?? [];
        assert.ok(known.some((m) => m.name === metric), `${id}.${name}: no metric ${word}`);
      }
    }
    for (const { dimensions } of rollups) {
      for (const name of dimensions) assert.ok(columns.some((c) => c.name === name && c.role === "dimension"), name);
    }
  }
});
