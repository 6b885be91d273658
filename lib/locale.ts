/** The locale for numbers and dates: the reader's first wish that the runtime knows, else British English. */
export function readLocale(acceptLanguage: string | null): string {
  const wishes = (acceptLanguage ?? "").slice(0, 500).split(",").map((part) => {
    const [tag = "", ...rest] = part.trim().split(";");
    const weight = rest.find((p) => p.trim().startsWith("q="));
    return { tag, weight: weight ? Number(weight.trim().slice(2)) || 0 : 1 };
  });
  for (const { tag, weight } of wishes.toSorted((a, b) => b.weight - a.weight)) {
    if (weight === 0 || !/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(tag)) continue;
    try {
      const [known] = Intl.NumberFormat.supportedLocalesOf(tag);
      if (known) return known;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error; // a tag that only looks like one
    }
  }
  return "en-GB";
}
