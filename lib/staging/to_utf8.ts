/** Writes a UTF-8 copy of a file in another encoding. Bytes that its encoding has no letter for become U+FFFD. */
export async function toUtf8(path: string, encoding: "utf-16" | "latin-1", target: string): Promise<void> {
  const label = encoding === "latin-1" ? "windows-1252" : await utf16Label(path);
  const file = await Deno.open(path);
  const decoded = file.readable.pipeThrough(new TextDecoderStream(label));
  const out = await Deno.open(target, { write: true, create: true, truncate: true });
  await decoded.pipeThrough(new TextEncoderStream()).pipeTo(out.writable);
}

/** Which half comes first: by the byte order mark, else by where the zero halves of plain letters stand. */
async function utf16Label(path: string): Promise<"utf-16le" | "utf-16be"> {
  using file = await Deno.open(path);
  const head = new Uint8Array(4_096);
  const size = await file.read(head) ?? 0;
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  let even = 0;
  let odd = 0;
  for (let at = 0; at < size; at++) if (head[at] === 0) at % 2 === 0 ? even++ : odd++;
  return even > odd ? "utf-16be" : "utf-16le";
}
