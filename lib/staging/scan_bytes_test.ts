import assert from "node:assert/strict";
import fc from "fast-check";
import { InputError } from "@/lib/errors.ts";
import { countLines } from "./scan_bytes.ts";

async function counted(bytes: Uint8Array<ArrayBuffer>) {
  const path = await Deno.makeTempFile();
  try {
    await Deno.writeFile(path, bytes);
    return await countLines(path);
  } finally {
    await Deno.remove(path);
  }
}

/** The same, byte by byte. */
function expected(bytes: Uint8Array) {
  const count = (of: (byte: number, at: number) => boolean) => bytes.filter(of).length;
  const lines = count((byte) => byte === 10);
  const returns = count((byte) => byte === 13);
  const pairs = count((byte, at) => byte === 10 && bytes[at - 1] === 13);
  const whole = bytes.length === 0 || bytes.at(-1) === 10;
  return { lines: whole ? lines : lines + 1, uniform: returns === 0 || (returns === pairs && pairs === lines) };
}

Deno.test("countLines() counts as a look at every byte does, wherever line ends stand", async () => {
  const byte = fc.constantFrom(9, 10, 10, 13, 14, 32, 65, 127, 128, 138, 141, 255);
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 40 }), fc.array(byte, { maxLength: 60 }), async (a, b) => {
      const bytes = new Uint8Array([...a.filter((byte) => byte !== 0), ...b]);
      assert.deepEqual(await counted(bytes), expected(bytes));
    }),
  );
});

Deno.test("countLines() sees a line end that two reads cut", async () => {
  const bytes = new Uint8Array((1 << 20) + 1).fill(65);
  bytes.set([13, 10], (1 << 20) - 1);
  assert.deepEqual(await counted(bytes), { lines: 1, uniform: true });
});

Deno.test("countLines() names the line and position of a NUL byte", async () => {
  const bytes = new Uint8Array((1 << 20) + 20).fill(65);
  bytes[(1 << 20) - 3] = 10;
  bytes[(1 << 20) + 5] = 0;
  await assert.rejects(counted(bytes), (error) => {
    assert.ok(error instanceof InputError);
    assert.deepEqual([error.code, error.extra], ["nul-byte", { line: 2, column: 8 }]);
    return true;
  });
});
