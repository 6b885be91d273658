import { Duck } from "@/lib/duckdb/duckdb.ts";
import { freshDatabase, missingMongo, mongoUri } from "@/tests/servers/mongo.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import { askFixture, askMongo } from "./ask_fixture.ts";
import { createFactTables } from "./fact_tables.ts";
import { adsFacts, ordersFacts, ratesFacts } from "./fixture.ts";
import { createMongoFacts } from "./mongo_facts.ts";
import { queryCases } from "./query_cases.ts";

const missing = missingMongo();
if (missing === null) await mongoUri();

queryCases("duckdb", async () => {
  const duck = await Duck.open({ path: ":memory:", threads: 1 });
  const contexts = {
    ads: await createFactTables(duck, adsFacts),
    orders: await createFactTables(duck, ordersFacts),
    rates: await createFactTables(duck, ratesFacts),
  };
  return { ask: askFixture(duck, contexts), close: () => duck.close() };
});

serverSuite("queries, mongodb", missing, () =>
  queryCases("mongodb", async () => {
    const database = await freshDatabase();
    const mongo = database.open();
    const fixtures = {
      ads: await createMongoFacts(mongo, adsFacts),
      orders: await createMongoFacts(mongo, ordersFacts),
      rates: await createMongoFacts(mongo, ratesFacts),
    };
    return { ask: askMongo(fixtures), close: database.drop };
  }));
