import assert from "node:assert/strict";
import { join } from "node:path";
import { claimDataDirectory, DataDirectoryInUseError } from "./data_directory.ts";

async function withDirectory(run: (data: string) => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir();
  try {
    await run(join(directory, "data"));
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

/** Claims in a process of its own; answers once it has, or failed. */
async function claimElsewhere(data: string) {
  const script = `
    import { claimDataDirectory } from ${JSON.stringify(import.meta.resolve("./data_directory.ts"))};
    try {
      const claim = await claimDataDirectory(${JSON.stringify(data)});
      await claim.announce("http://127.0.0.1:4321");
      console.log("claimed");
      setInterval(() => {}, 1000);
    } catch (error) {
      console.log(error.name + ": " + error.message);
    }`;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-check", script],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const { value = "" } = await reader.read();
  return {
    said: value.trim(),
    pid: child.pid,
    async kill() {
      child.kill("SIGKILL");
      await reader.cancel();
      await child.status;
    },
    async end() {
      await reader.cancel();
      await child.status;
    },
  };
}

Deno.test("claimDataDirectory() makes the folders", () =>
  withDirectory(async (data) => {
    const claim = await claimDataDirectory(data);
    for (const folder of ["files", "staging", "inbox", "backups"] as const) {
      assert.equal(claim[folder], join(data, folder));
      assert.ok((await Deno.stat(claim[folder])).isDirectory);
    }
    await claim.release();
    await claim.release();
    await (await claimDataDirectory(data)).release();
  }));

Deno.test("claimDataDirectory() tells a second process who holds the directory and where it answers", () =>
  withDirectory(async (data) => {
    const claim = await claimDataDirectory(data);
    await claim.announce("http://127.0.0.1:8000");
    const other = await claimElsewhere(data);
    await other.end();
    assert.match(other.said, /^DataDirectoryInUseError: Cannot use the data directory/);
    assert.match(other.said, new RegExp(`process ${Deno.pid} has it open and answers on http://127.0.0.1:8000`));
    await claim.release();
  }));

Deno.test("claimDataDirectory() takes over what a killed process held", () =>
  withDirectory(async (data) => {
    const other = await claimElsewhere(data);
    assert.equal(other.said, "claimed");
    await assert.rejects(claimDataDirectory(data), (error) => {
      assert.ok(error instanceof DataDirectoryInUseError);
      assert.equal(error.pid, other.pid);
      assert.equal(error.url, "http://127.0.0.1:4321");
      return true;
    });
    await other.kill();
    const claim = await claimDataDirectory(data);
    await claim.release();
  }));

Deno.test("claimDataDirectory() says what to do where it cannot write", () =>
  withDirectory(async (data) => {
    await Deno.writeTextFile(data, "a file in the way");
    await assert.rejects(claimDataDirectory(data), /Cannot make the data directory ".+": .+; set DATA_DIR/);
  }));
