import { Duck } from "@/lib/duckdb/duckdb.ts";
import { openDuckWarehouse } from "@/lib/warehouse/duckdb.ts";
import { warehouseContract } from "./warehouse.ts";
import { stageTestRows } from "./warehouse_rows.ts";

warehouseContract("duckdb warehouse", async () => {
  const duck = await Duck.open({ path: ":memory:", threads: 2 });
  const warehouse = openDuckWarehouse({ duck });
  return {
    warehouse,
    stageRows: (ref, rows, importId, file) => stageTestRows(duck, ref, rows, importId, file),
    async close() {
      await warehouse.close();
      await duck.close();
    },
  };
});
