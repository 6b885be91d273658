import { join } from "node:path";
import { openDiskFiles } from "@/lib/files/disk.ts";
import { filesContract } from "./files.ts";

filesContract("disk files", async () => {
  const data = await Deno.makeTempDir();
  const directory = join(data, "files");
  const files = await openDiskFiles({ directory, stagingDirectory: join(data, "staging") });
  const left = async () => (await Array.fromAsync(Deno.readDir(join(directory, ".arriving")))).length;
  return { files, left, end: () => Deno.remove(data, { recursive: true }) };
});
