/** What headers mean in English: platforms and people write them in their own language. Pure. */
import { type Dataset, headerKey } from "@/lib/model/mod.ts";
import { type LanguageCode, languages } from "@/lib/model/languages/mod.ts";
import type { Source } from "@/lib/source/mod.ts";

/** Keys of foreign headers → keys of the English ones they stand for. */
type Dictionary = ReadonlyMap<string, readonly string[]>;

const common = new Map<LanguageCode, Dictionary>(
  languages.map(({ code, headers }) => [code, dictionary(headers)]),
);
const own = new WeakMap<Source, Map<LanguageCode, Dictionary>>();

function dictionary(headers: Readonly<Record<string, readonly string[]>>): Dictionary {
  const words = new Map<string, string[]>();
  for (const [english, foreign] of Object.entries(headers)) {
    for (const header of foreign) {
      const key = headerKey(header);
      words.set(key, [...words.get(key) ?? [], headerKey(english)]);
    }
  }
  return words;
}

function ownWords(source: Source): Map<LanguageCode, Dictionary> {
  let words = own.get(source);
  if (!words) {
    const labels = Object.entries(source.labels ?? {}) as [LanguageCode, Readonly<Record<string, readonly string[]>>][];
    words = new Map(labels.map(([code, headers]) => [code, dictionary(headers)]));
    own.set(source, words);
  }
  return words;
}

const anyLanguage = new Set([...common.values()].flatMap((words) => [...words.keys()]));
const anyOwn = new WeakMap<Source, Set<string>>();

/** Whether a header is a word of some language or of the platform's own: most headers of a wide file are none. */
export function isWord(header: string, source: Source | null): boolean {
  const key = headerKey(header);
  if (anyLanguage.has(key)) return true;
  if (!source) return false;
  let words = anyOwn.get(source);
  if (!words) {
    words = new Set([...ownWords(source).values()].flatMap((dictionary) => [...dictionary.keys()]));
    anyOwn.set(source, words);
  }
  return words.has(key);
}

/**
 * The English keys that a header may stand for, surest first: the platform's own word, the header as it stands, the
 * language's common word, at last the words of other languages.
 */
export function meaningsOf(header: string, source: Source | null, language: LanguageCode): string[] {
  const key = headerKey(header);
  if (!isWord(header, source)) return [key];
  const platform = source ? ownWords(source) : null;
  const found = [
    ...platform?.get(language)?.get(key) ?? [],
    key,
    ...common.get(language)?.get(key) ?? [],
  ];
  for (const { code } of languages) {
    if (code === language) continue;
    found.push(...platform?.get(code)?.get(key) ?? [], ...common.get(code)?.get(key) ?? []);
  }
  return [...new Set(found)];
}

/** The English keys that a header has in one language only. */
export function meaningsIn(header: string, source: Source | null, language: LanguageCode): string[] {
  const key = headerKey(header);
  const platform = source ? ownWords(source).get(language)?.get(key) : undefined;
  return [...platform ?? [], key, ...common.get(language)?.get(key) ?? []];
}

/** The language in which most of the headers are words; English where none has more. */
export function languageOf(headers: string[], source: Source | null): LanguageCode {
  let best: LanguageCode = "en";
  let most = 0;
  const keys = headers.filter((header) => isWord(header, source)).map(headerKey);
  for (const { code } of languages) {
    if (code === "en") continue;
    const [platform, language] = [source ? ownWords(source).get(code) : undefined, common.get(code)];
    let count = 0;
    for (const key of keys) {
      const [own, shared] = [platform?.get(key), language?.get(key)];
      // A word that English has too tells nothing.
      if ((own || shared) && !own?.includes(key) && !shared?.includes(key)) count++;
    }
    if (count > most) [best, most] = [code, count];
  }
  return best;
}

/** Every header that some dataset, source or language knows: what a header row is found by. */
export function knownHeaders(datasets: readonly Dataset[], sources: readonly Source[]): ReadonlySet<string> {
  const keys = new Set<string>();
  const add = (headers: Iterable<string>) => {
    for (const header of headers) keys.add(headerKey(header));
  };
  for (const { columns } of datasets) for (const c of columns) add([c.name, c.title, ...c.synonyms]);
  for (const source of sources) {
    for (const report of source.reports) {
      add([...report.headers, ...report.anyOf ?? [], ...Object.keys(report.columns ?? {})]);
    }
    for (const words of ownWords(source).values()) for (const key of words.keys()) keys.add(key);
  }
  for (const words of common.values()) for (const key of words.keys()) keys.add(key);
  keys.delete("");
  return keys;
}
