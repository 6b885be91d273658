/** The same acts in both warehouses do the same, to the last digit: counts, sums, days, coverage, names, answers, refusals. */
import fc from "fast-check";
import { Duck } from "@/lib/duckdb/duckdb.ts";
import { openDuckWarehouse } from "@/lib/warehouse/duckdb.ts";
import { openMongoWarehouse } from "@/lib/warehouse/mongo.ts";
import { freshDatabase, missingMongo, mongoUri } from "@/tests/servers/mongo.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import { actArbitrary, Alike } from "./alike_acts.ts";
import { testDataset } from "./warehouse_rows.ts";

const missing = missingMongo();
if (missing === null) await mongoUri();

serverSuite("both warehouses", missing, () => {
  Deno.test("both warehouses answer alike after any sequence of acts", async () => {
    await using fresh = await freshDatabase();
    const mongo = fresh.open();
    const duck = await Duck.open({ path: ":memory:", threads: 2 });
    let run = 0;
    try {
      await fc.assert(
        fc.asyncProperty(fc.array(actArbitrary, { minLength: 2, maxLength: 10 }), async (acts) => {
          const clock = { at: Date.parse("2026-02-01T00:00:00Z") };
          const now = () => new Date(clock.at);
          const ref = { workspace: "default", dataset: { ...testDataset, id: `alike_${run++}` } };
          const alike = new Alike(
            duck,
            [openDuckWarehouse({ duck, now }), openMongoWarehouse({ mongo, duck, now })]
              .map((warehouse) => ({ warehouse, ref })),
            clock,
          );
          for (const act of acts) await alike.do(act);
          await alike.compareHistory();
        }),
        { numRuns: Number(Deno.env.get("ALIKE_RUNS") ?? 10), seed: Number(Deno.env.get("ALIKE_SEED") ?? 20_260_101) },
      );
    } finally {
      await duck.close();
    }
  });
});
