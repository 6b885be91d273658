/** Every `*.json` of this folder: questions to the fixed facts, and what every warehouse has to answer. */
import assert from "node:assert/strict";
import { InputError } from "@/lib/errors.ts";
import type { MetricResult } from "@/lib/model/mod.ts";

interface Case {
  title: string;
  question: unknown;
  /** What is named here has to be equal; the rest of an answer is left alone. */
  rows?: unknown[];
  totals?: unknown;
  totalsByCurrency?: unknown;
  comparison?: { range?: unknown; rows?: unknown[]; totals?: unknown; totalsByCurrency?: unknown; current?: unknown };
  meta?: Record<string, unknown>;
  /** Codes of the notices, in order. */
  notices?: string[];
  /** What the notices say, in order. */
  messages?: string[];
  error?: { code: string; message: string; status?: number };
}

/** Asks the fixed facts as they stand in some warehouse. */
export interface AskedFacts {
  ask: (input: unknown) => Promise<MetricResult>;
  close: () => Promise<void>;
}

/** Registers the questions as tests of a warehouse. */
export function queryCases(name: string, open: () => Promise<AskedFacts>): void {
  for (const entry of [...Deno.readDirSync(import.meta.dirname!)].sort((a, b) => a.name < b.name ? -1 : 1)) {
    if (!entry.name.endsWith(".json")) continue;
    const cases: Case[] = JSON.parse(Deno.readTextFileSync(new URL(entry.name, import.meta.url)));
    Deno.test(`queries, ${name}: ${entry.name}`, async (test) => {
      const { ask, close } = await open();
      try {
        for (const one of cases) await test.step(one.title, () => check(one, ask));
      } finally {
        await close();
      }
    });
  }
}

async function check(one: Case, ask: AskedFacts["ask"]): Promise<void> {
  if (one.error) {
    const { code, message, status } = one.error;
    await assert.rejects(() => ask(one.question), (error) => {
      assert.ok(error instanceof InputError, String(error));
      assert.equal(error.code, code);
      assert.ok(error.message.includes(message), `"${error.message}" does not say "${message}"`);
      if (status !== undefined) assert.equal(error.status, status);
      return true;
    });
    return;
  }
  const result = await ask(one.question);
  if (one.rows) assert.deepEqual(result.rows, one.rows);
  if (one.totals) assert.deepEqual(result.totals, one.totals);
  if (one.totalsByCurrency !== undefined) assert.deepEqual(result.totalsByCurrency, one.totalsByCurrency);
  if (one.comparison?.range) assert.deepEqual(result.comparison?.range, one.comparison.range);
  if (one.comparison?.rows) assert.deepEqual(result.comparison?.rows, one.comparison.rows);
  if (one.comparison?.totals) assert.deepEqual(result.comparison?.totals, one.comparison.totals);
  if (one.comparison?.current !== undefined) assert.deepEqual(result.comparison?.current, one.comparison.current);
  if (one.comparison?.totalsByCurrency !== undefined) {
    assert.deepEqual(result.comparison?.totalsByCurrency, one.comparison.totalsByCurrency);
  }
  for (const [name, value] of Object.entries(one.meta ?? {})) {
    assert.deepEqual(result.meta[name as keyof typeof result.meta], value, name);
  }
  if (one.notices) assert.deepEqual(result.meta.notices.map(({ code }) => code), one.notices);
  if (one.messages) assert.deepEqual(result.meta.notices.map(({ message }) => message), one.messages);
  assert.ok(one.rows ?? one.totals ?? one.comparison ?? one.meta ?? one.notices, "the case expects nothing");
}
