import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

Deno.test("docs/plugins.md shows a widget that compiles and lints as it stands there", async () => {
  const text = await Deno.readTextFile(`${root}docs/plugins.md`);
  // Inside the project, so that its import map and types hold; a name that no widget has.
  const folder = await Deno.makeTempDir({ dir: `${root}tests`, prefix: "docs_example_" });
  try {
    const files: string[] = [];
    for (const [, code] of text.matchAll(/```tsx?\n(\/\/ widgets\/target-bar\/[\s\S]*?)```/g)) {
      const name = /^\/\/ widgets\/target-bar\/(\S+)/.exec(code!)![1]!;
      await Deno.writeTextFile(`${folder}/${name}`, code!);
      files.push(`${folder}/${name}`);
    }
    assert.equal(files.length, 3);
    for (const command of ["check", "lint"]) {
      const { success, stderr, stdout } = await new Deno.Command(Deno.execPath(), {
        args: [command, ...files],
        cwd: root,
        env: { NO_COLOR: "1" },
      }).output();
      const decoder = new TextDecoder();
      assert.ok(success, `deno ${command}: ${decoder.decode(stdout)}${decoder.decode(stderr)}`);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
