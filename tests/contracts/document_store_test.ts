import { openSqliteDocuments } from "@/lib/documents/sqlite.ts";
import { documentStoreContract } from "./document_store.ts";

documentStoreContract("sqlite documents", () => Promise.resolve(openSqliteDocuments({ path: ":memory:" })));
