import * as path from "node:path";

/** A small project in a temporary folder, removed when the test ends. */
export async function makeProject(files: Record<string, string>): Promise<{ dir: string } & AsyncDisposable> {
  const dir = await Deno.realPath(await Deno.makeTempDir({ prefix: "fresh_project_" }));
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(dir, name);
    await Deno.mkdir(path.dirname(file), { recursive: true });
    await Deno.writeTextFile(file, content);
  }
  return { dir, [Symbol.asyncDispose]: () => Deno.remove(dir, { recursive: true }) };
}

/** Start what a build wrote, as it is started in production, and call `fn` with its address. */
export async function withServer(server: string, fn: (address: string) => Promise<void>): Promise<void> {
  const args = ["serve", "-A", "--config", CONFIG, "--host=127.0.0.1", "--port=0", server];
  await withProcess(args, {}, fn);
}

/** Start a program that listens by itself. */
export async function withProgram(program: string, fn: (address: string) => Promise<void>): Promise<void> {
  await withProcess(["run", "-A", "--config", CONFIG, program], { PORT: "0", HOSTNAME: "127.0.0.1" }, fn);
}

const CONFIG = path.join(import.meta.dirname!, "../../../deno.json");

async function withProcess(
  args: string[],
  env: Record<string, string>,
  fn: (address: string) => Promise<void>,
): Promise<void> {
  const child = new Deno.Command(Deno.execPath(), { args, env, stdout: "piped", stderr: "piped" }).spawn();
  const output = child.stderr.pipeThrough(new TextDecoderStream());
  let text = "";
  try {
    for await (const part of output.values({ preventCancel: true })) {
      text += part;
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0];
      if (address === undefined) continue;
      await fn(address);
      return;
    }
    throw new Error(`The server ended before it listened:\n${text}`);
  } finally {
    child.kill("SIGKILL");
    await Promise.all([child.status, child.stdout.cancel(), output.cancel()]);
  }
}
