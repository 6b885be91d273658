import { openMongoDocuments } from "@/lib/documents/mongo.ts";
import { openSqliteDocuments } from "@/lib/documents/sqlite.ts";
import { freshDatabase, missingMongo, mongoUri } from "@/tests/servers/mongo.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import { jobRunnerContract } from "./job_runner.ts";

jobRunnerContract(
  "jobs on sqlite",
  (now) => Promise.resolve({ store: openSqliteDocuments({ path: ":memory:", now }) }),
);

const missing = missingMongo();
if (missing === null) await mongoUri();
serverSuite("jobs on mongo", missing, () =>
  jobRunnerContract("jobs on mongo", async (now) => {
    const fresh = await freshDatabase();
    return { store: openMongoDocuments({ mongo: fresh.open(), now }), end: fresh.drop };
  }));
