import type { TextEncoding } from "./mod.ts";

/** Writes a UTF-8 copy of a file in another encoding. Bytes that its encoding has no letter for become U+FFFD. */
export async function toUtf8(
  path: string,
  encoding: TextEncoding,
  target: string,
  signal?: AbortSignal,
): Promise<void> {
  const file = await Deno.open(path);
  const decoded = file.readable.pipeThrough(decoderOf(encoding));
  const out = await Deno.open(target, { write: true, create: true, truncate: true });
  await decoded.pipeThrough(new TextEncoderStream()).pipeTo(out.writable, { signal });
}

function decoderOf(encoding: TextEncoding): TransformStream<Uint8Array<ArrayBuffer>, string> {
  if (encoding !== "utf-32le" && encoding !== "utf-32be") {
    return new TextDecoderStream(encoding === "latin-1" ? "windows-1252" : encoding) as TransformStream<
      Uint8Array<ArrayBuffer>,
      string
    >;
  }
  let rest = new Uint8Array(0);
  let first = true;
  return new TransformStream({
    transform(chunk, controller) {
      const bytes = new Uint8Array(rest.length + chunk.length);
      bytes.set(rest);
      bytes.set(chunk, rest.length);
      const whole = bytes.length - bytes.length % 4;
      rest = bytes.slice(whole);
      const text = decodeUtf32(bytes.subarray(0, whole), encoding);
      controller.enqueue(first && text.startsWith("\ufeff") ? text.slice(1) : text);
      first = false;
    },
    flush(controller) {
      if (rest.length > 0) controller.enqueue("\ufffd");
    },
  });
}

/** The text of whole UTF-32 letters; bytes of a letter that is cut off are left out. */
export function decodeUtf32(bytes: Uint8Array, encoding: "utf-32le" | "utf-32be"): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = encoding === "utf-32le";
  const parts: string[] = [];
  let points: number[] = [];
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const point = view.getUint32(at, little);
    points.push(point > 0x10ffff || (point >= 0xd800 && point < 0xe000) ? 0xfffd : point);
    if (points.length === 4_096) {
      parts.push(String.fromCodePoint(...points));
      points = [];
    }
  }
  return parts.join("") + String.fromCodePoint(...points);
}
