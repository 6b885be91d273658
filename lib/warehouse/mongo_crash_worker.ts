/**
 * The process that `mongo_crash_test.ts` kills and freezes: as `crash_worker.ts`, into MongoDB. Run with the server's
 * address, the database and the number of the next import.
 */
import { Duck } from "@/lib/duckdb/duckdb.ts";
import { Mongo } from "@/lib/mongo/mongo.ts";
import { keepWriting } from "./crash_worker.ts";
import { openMongoWarehouse } from "./mongo.ts";

const [uri, database, first] = Deno.args;
const mongo = Mongo.open({ uri: uri!, database });
const duck = await Duck.open({ path: ":memory:", threads: 1 });
await keepWriting(duck, openMongoWarehouse({ mongo, duck }), { first: Number(first), rows: 1_200 });
await duck.close();
await mongo.close();
