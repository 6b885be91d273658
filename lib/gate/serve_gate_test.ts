import assert from "node:assert/strict";
import { openSqliteDocuments } from "@/lib/documents/sqlite.ts";
import { TesseraError } from "@/lib/errors.ts";
import { movesCollection, readMoveMark } from "./move_mark.ts";
import { serveGate } from "./serve_gate.ts";

Deno.test("check() refuses while a move fills the place, says from where, and lets through once it is complete", async () => {
  const documents = openSqliteDocuments({ path: ":memory:" });
  try {
    const gate = serveGate({ documents, workspace: "default", againMs: 0 });
    await gate.check();
    const doc = { id: "move" as const, state: "filling" as const, from: "the old place", startedAt: "2026-01-01" };
    await documents.create(movesCollection, "default", doc);
    await assert.rejects(gate.check(), (error) => {
      assert.ok(error instanceof TesseraError);
      assert.deepEqual([error.code, error.status], ["being-filled", 503]);
      assert.match(error.message, /the old place/);
      return true;
    });
    await serveGate({ documents, workspace: "other", againMs: 0 }).check();
    await documents.put(movesCollection, "default", { ...doc, state: "complete" }, 1);
    await gate.check();
    assert.equal((await readMoveMark(documents, "default"))?.doc.state, "complete");
  } finally {
    await documents.close();
  }
});

Deno.test("check() leaves it to the store to say that it is away", async () => {
  const documents = openSqliteDocuments({ path: ":memory:" });
  await documents.close();
  await serveGate({ documents, workspace: "default" }).check();
});
