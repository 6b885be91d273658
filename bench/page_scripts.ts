/** How much JavaScript a page loads. */

/** Compressed sizes in bytes. */
export interface PageScripts {
  /** What the page loads by itself: its scripts and all that they import statically. */
  first: number;
  /** What they import later, when it is needed: charts, editors. */
  later: number;
  /** What the islands are handed: the page's answers, which grow with the data and are no code. */
  data: number;
  files: { url: string; bytes: number; later: boolean }[];
}

/** Reads the page's HTML and follows every script, as a browser would. */
export async function pageScripts(
  pageUrl: string,
  load: (url: string) => Promise<string> = async (url) => await (await fetch(url)).text(),
): Promise<PageScripts> {
  const html = await load(pageUrl);
  const inline = [...html.matchAll(/<script(?![^>]*\bsrc=)([^>]*)>([^]*?)<\/script>/g)]
    .filter(([, attributes = ""]) => !/type="(?!module|text\/javascript)/.test(attributes)).map(([, , code = ""]) =>
      code
    );
  const seeds = [
    ...[...html.matchAll(/<script[^>]*\bsrc="([^"]+)"/g)].map((match) => match[1] ?? ""),
    ...[...html.matchAll(/<link[^>]*>/g)].filter(([tag]) => /rel="modulepreload"/.test(tag))
      .map(([tag]) => /href="([^"]+)"/.exec(tag)?.[1] ?? ""),
    ...inline.flatMap((code) => importsOf(code).now),
  ];
  const sizes = new Map<string, { bytes: number; later: boolean }>();
  let queue = seeds.map((seed) => ({ url: new URL(seed, pageUrl).href, later: false }));
  const waiting: typeof queue = [];
  while (queue.length > 0 || waiting.length > 0) {
    // All that is loaded at once comes first, so that a shared piece counts there.
    if (queue.length === 0) queue = waiting.splice(0);
    const next = queue.shift();
    if (!next || sizes.has(next.url)) continue;
    const code = await load(next.url);
    sizes.set(next.url, { bytes: await gzipSize(code), later: next.later });
    const { now, later } = importsOf(code);
    queue.push(...now.map((specifier) => ({ url: new URL(specifier, next.url).href, later: next.later })));
    waiting.push(...later.map((specifier) => ({ url: new URL(specifier, next.url).href, later: true })));
  }
  const files = [...sizes].map(([url, size]) => ({ url, ...size }));
  const sum = (later: boolean) => files.filter((file) => file.later === later).reduce((s, { bytes }) => s + bytes, 0);
  const parts = inline.filter((code) => code.trim()).map(handedOver);
  const sizeOf = async (texts: string[]) => (await Promise.all(texts.map(gzipSize))).reduce((s, bytes) => s + bytes, 0);
  return {
    first: sum(false) + await sizeOf(parts.map(({ code }) => code)),
    later: sum(true),
    data: await sizeOf(parts.map(({ data }) => data).filter((data) => data !== "")),
    files,
  };
}

/** An inline script without the JSON text that it hands to its islands, and that text. */
function handedOver(script: string): { code: string; data: string } {
  const [, before, data, after] = /^([^]*\bboot\(\{[^}]*\},)("(?:[^"\\]|\\.)*")([^]*)$/.exec(script) ?? [];
  return data === undefined ? { code: script, data: "" } : { code: `${before}""${after}`, data };
}

/** The modules a piece of built code imports: at once, and by `import()`. */
export function importsOf(code: string): { now: string[]; later: string[] } {
  const find = (pattern: RegExp) => [...code.matchAll(pattern)].map((match) => match[1] ?? "").filter(isUrl);
  return {
    now: find(/(?:^|[;\s}])(?:import|export)\s*(?:[\w$*{}\s,]+?from\s*)?["']([^"'\n]+)["']/g),
    later: find(/\bimport\(\s*["']([^"'\n]+)["']\s*\)/g),
  };
}

function isUrl(specifier: string): boolean {
  return /^(\.{0,2}\/|https?:)/.test(specifier);
}

async function gzipSize(text: string): Promise<number> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return (await new Response(stream).arrayBuffer()).byteLength;
}
