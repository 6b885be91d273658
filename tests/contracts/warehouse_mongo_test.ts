import { Duck } from "@/lib/duckdb/duckdb.ts";
import { openMongoWarehouse } from "@/lib/warehouse/mongo.ts";
import { freshDatabase, missingMongo, mongoUri } from "@/tests/servers/mongo.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import { warehouseContract } from "./warehouse.ts";
import { stageTestRows } from "./warehouse_rows.ts";

const missing = missingMongo();
if (missing === null) await mongoUri();

serverSuite("mongodb warehouse", missing, () => {
  warehouseContract("mongodb warehouse", async () => {
    const database = await freshDatabase();
    const duck = await Duck.open({ path: ":memory:", threads: 2 });
    const warehouse = openMongoWarehouse({ mongo: database.open(), duck });
    return {
      warehouse,
      stageRows: (ref, rows, importId, file) => stageTestRows(duck, ref, rows, importId, file),
      async close() {
        await warehouse.close();
        await duck.close();
        await database.drop();
      },
    };
  });
});
