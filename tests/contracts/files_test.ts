import { join } from "node:path";
import { openDiskFiles } from "@/lib/files/disk.ts";
import { openMongoFiles } from "@/lib/files/mongo.ts";
import { freshDatabase, missingMongo, mongoUri } from "@/tests/servers/mongo.ts";
import { serverSuite } from "@/tests/servers/server.ts";
import { filesContract } from "./files.ts";

filesContract("disk files", async () => {
  const data = await Deno.makeTempDir();
  const directory = join(data, "files");
  const files = await openDiskFiles({ directory, stagingDirectory: join(data, "staging") });
  const left = async () => (await Array.fromAsync(Deno.readDir(join(directory, ".arriving")))).length;
  return { files, left, end: () => Deno.remove(data, { recursive: true }) };
});

const missing = missingMongo();
if (missing === null) await mongoUri();
serverSuite("mongo files", missing, () =>
  filesContract("mongo files", async () => {
    const fresh = await freshDatabase();
    const stagingDirectory = await Deno.makeTempDir();
    const mongo = fresh.open();
    const left = async () => {
      const seen = await mongo.collection("raw.files").find({ filename: { $not: /^\.arriving\// } }).toArray();
      const unseen = await mongo.collection("raw.files").countDocuments({ filename: /^\.arriving\// });
      const orphans = await mongo.collection("raw.chunks").countDocuments({
        files_id: { $nin: seen.map((f) => f._id) },
      });
      return unseen + orphans;
    };
    const end = async () => {
      await fresh.drop();
      await Deno.remove(stagingDirectory, { recursive: true });
    };
    return { files: openMongoFiles({ mongo, stagingDirectory }), left, end };
  }));
