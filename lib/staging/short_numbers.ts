/** Numbers that leave zeros out, and so are rounded: `1.2K`, `3,4 Mio.`, `5万`. Patterns for RE2 and JavaScript alike. Pure. */

/** What stands for zeros after a number, by how many they are. */
export const SHORT_MARKS: Readonly<Record<number, string>> = {
  3: "[kK]|Tsd\\.?",
  4: "[万萬]",
  6: "M|Mio\\.?|Mln\\.?",
  8: "[億亿]",
  9: "B|Bn|Mrd\\.?",
};

/** Any of them. */
export const SHORT_MARK = `(?:${Object.values(SHORT_MARKS).join("|")})`;

/** The zeros that the text of a number leaves out; 0 for any other. */
export function zerosLeftOut(text: string): number {
  const found = Object.entries(SHORT_MARKS).find(([, marks]) =>
    new RegExp(`\\d\\s*(?:${marks})(?!\\p{Script=Latin})`, "u").test(text)
  );
  return found ? Number(found[0]) : 0;
}
