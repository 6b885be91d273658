import assert from "node:assert/strict";
import { builtInDatasets } from "@/lib/model/datasets/mod.ts";
import { languages } from "@/lib/model/languages/mod.ts";
import { headerKey } from "@/lib/model/mod.ts";
import { builtInSources } from "./mod.ts";

Deno.test("builtInSources name datasets and columns that exist, and no report or header is there twice", () => {
  const faults: string[] = [];
  const names = new Set<string>();
  for (const { platform, reports } of builtInSources) {
    for (const report of reports) {
      const name = `${platform}/${report.name}`;
      if (names.has(name)) faults.push(`${name} stands twice`);
      names.add(name);
      const dataset = builtInDatasets.find((d) => d.id === report.dataset);
      assert.ok(dataset, `${name}: no dataset ${report.dataset}`);
      const keys = new Set<string>();
      for (const [header, column] of Object.entries(report.columns ?? {})) {
        if (keys.has(headerKey(header))) faults.push(`${name}: "${header}" stands twice`);
        keys.add(headerKey(header));
        const target = typeof column === "string" ? column : column?.column;
        if (target && !dataset.columns.some((c) => c.name === target)) faults.push(`${name}: no column ${target}`);
      }
      for (const column of Object.keys(report.constants ?? {})) {
        if (!dataset.columns.some((c) => c.name === column)) faults.push(`${name}: no column ${column}`);
      }
    }
  }
  assert.deepEqual(faults, []);
});

/** Every header that a report or a dataset knows in English. */
function english(): Set<string> {
  return new Set([
    ...builtInDatasets.flatMap((d) => d.columns.flatMap((c) => [c.name, c.title, ...c.synonyms])),
    ...builtInSources.flatMap((s) =>
      s.reports.flatMap((r) => [...r.headers, ...r.anyOf ?? [], ...Object.keys(r.columns ?? {})])
    ),
    // Read by the code that decides about time.
    ...["Week", "Month", "Quarter", "Year", "Hour", "Start date", "End date", "Reporting starts", "Reporting ends"],
    ...["Nth day", "Start time", "End time"],
  ].map(headerKey));
}

Deno.test("labels of sources and languages lead to English headers that something knows", () => {
  const known = english();
  const lost: string[] = [];
  for (const { platform, labels } of builtInSources) {
    for (const [language, headers] of Object.entries(labels ?? {})) {
      for (const header of Object.keys(headers)) {
        if (!known.has(headerKey(header))) lost.push(`${platform}/${language}: "${header}"`);
      }
    }
  }
  for (const { code, headers } of languages) {
    for (const header of Object.keys(headers)) if (!known.has(headerKey(header))) lost.push(`${code}: "${header}"`);
  }
  assert.deepEqual(lost, []);
});

Deno.test("a header of a language leads to one English header only, within that language", () => {
  const twice: string[] = [];
  const look = (where: string, headers: Readonly<Record<string, readonly string[]>>) => {
    const owner = new Map<string, string>();
    for (const [name, words] of Object.entries(headers)) {
      for (const key of new Set(words.map(headerKey))) {
        if (key === "") twice.push(`${where}: "${name}" has a word without letters`);
        if (owner.has(key)) twice.push(`${where}: "${key}" is ${owner.get(key)} and ${name}`);
        owner.set(key, name);
      }
    }
  };
  for (const { code, headers } of languages) look(code, headers);
  for (const { platform, labels } of builtInSources) {
    for (const [language, headers] of Object.entries(labels ?? {})) look(`${platform}/${language}`, headers);
  }
  assert.deepEqual(twice, []);
});
