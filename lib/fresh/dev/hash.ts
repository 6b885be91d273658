/** SHA-256 of a file's content, as hexadecimal text. */
export async function hashContent(content: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", content as Uint8Array<ArrayBuffer>);
  return new Uint8Array(digest).toHex();
}

/** An id that is the same for the same files and different for others. */
export async function hashFiles(files: Iterable<{ name: string; content: Uint8Array }>): Promise<string> {
  const lines = await Promise.all(
    Array.from(files, async ({ name, content }) => `${await hashContent(content)} ${name}`),
  );
  return (await hashContent(new TextEncoder().encode(lines.sort().join("\n")))).slice(0, 32);
}
