import { openMongoDocuments } from "@/lib/documents/mongo.ts";
import { openSqliteDocuments } from "@/lib/documents/sqlite.ts";
import { freshDatabase, missingMongo, mongoUri } from "@/tests/servers/mongo.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import { documentStoreContract } from "./document_store.ts";

documentStoreContract("sqlite documents", () => Promise.resolve({ store: openSqliteDocuments({ path: ":memory:" }) }));

const missing = missingMongo();
if (missing === null) await mongoUri();
serverSuite("mongo documents", missing, () =>
  documentStoreContract("mongo documents", async () => {
    const fresh = await freshDatabase();
    return { store: openMongoDocuments({ mongo: fresh.open() }), end: fresh.drop };
  }));
