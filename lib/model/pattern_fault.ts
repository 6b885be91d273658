/** What the engine's regular expressions (RE2) lack. They end in linear time; these could not. */
const LACKING: [RegExp, string][] = [
  [/\(\?<?[=!]/, "look-around such as (?=…) is not possible: say what the text is, not what stands beside it"],
  [/\\[1-9]|\\k</, "back-references such as \\1 are not possible: write the part out twice"],
  [/\(\?>/, "atomic groups (?>…) are not possible: write ( … )"],
];
const MOST_REPEATS = 1_000;

/**
 * Why a regular expression cannot be used, for people; null where nothing speaks against it. The engine that will run it
 * has the last word: `Staging.checkPattern`.
 */
export function patternFault(pattern: string): string | null {
  const plain = pattern.replace(/\\\\/g, "");
  for (const [sign, fault] of LACKING) if (sign.test(plain)) return fault;
  for (const [, ...counts] of plain.matchAll(/\{(\d+)(?:,(\d*))?\}/g)) {
    if (counts.some((count) => Number(count) > MOST_REPEATS)) {
      return `a part may be repeated at most ${MOST_REPEATS} times: use * or + for "any number"`;
    }
  }
  return null;
}
