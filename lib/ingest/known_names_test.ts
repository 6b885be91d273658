import assert from "node:assert/strict";
import { openSqliteDocuments } from "@/lib/documents/sqlite.ts";
import { addKnownNames, readKnownNames } from "./known_names.ts";

Deno.test("addKnownNames() adds what is new, whoever else adds at the same moment, and lets the oldest go", async () => {
  const documents = openSqliteDocuments({ path: ":memory:" });
  const add = (names: string[]) => addKnownNames({ documents }, "w", { dataset: "ads", column: "campaign", names });
  const read = (workspace = "w") => readKnownNames({ documents }, workspace, "ads", "campaign");
  assert.deepEqual(await read(), []);
  await Promise.all([add(["a", "b"]), add(["b", "c"]), add(["d"])]);
  assert.deepEqual((await read()).toSorted(), ["a", "b", "c", "d"]);
  await add(Array.from({ length: 2_000 }, (_, n) => `n${n}`));
  assert.equal((await read()).length, 2_000);
  assert.ok(!(await read()).includes("a"));
  await addKnownNames({ documents }, "w", { dataset: "ads", column: "campaign", names: [], slips: ["n0"] });
  assert.ok(!(await read()).includes("n0"));
  assert.deepEqual(await read("other"), []);
  await documents.close();
});
