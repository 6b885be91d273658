import assert from "node:assert/strict";
import { readTaxonomy, splitName, taxonomyParts } from "./taxonomy_pattern.ts";

function split(pattern: string, name: string): string {
  const read = readTaxonomy(pattern);
  assert.ok("pieces" in read, "fault" in read ? read.fault : "");
  const found = splitName(read.pieces, name);
  return "fault" in found ? found.fault : Object.entries(found.parts).map((pair) => pair.join("=")).join(" ");
}

Deno.test("splitName() takes a name apart; the last part takes what is left, and capitals do not matter", () => {
  const pattern = "{brand}_{country:us|de}_{channel}_{quarter}";
  assert.equal(split(pattern, "acme_us_search_q3"), "brand=acme country=us channel=search quarter=q3");
  assert.equal(
    split(pattern, "Acme_DE_paid social_q3_2026"),
    "brand=Acme country=DE channel=paid social quarter=q3_2026",
  );
  assert.equal(
    split("[{team}] {name} | {goal}", "[EU+] Spring (new) | leads?"),
    "team=EU+ name=Spring (new) goal=leads?",
  );
  assert.equal(split("{a:x.y|x.y.z}-{b}", "x.y.z-1"), "a=x.y.z b=1");
});

Deno.test("splitName() says where a name breaks the pattern", () => {
  const pattern = "{brand}_{country:us|de}_{channel}";
  assert.equal(split(pattern, "acme_fr_search"), '"fr_search" is no {country}: us, de');
  assert.equal(split(pattern, "acme"), 'it ends after {brand}; "_" and {country} are missing');
  assert.equal(split(pattern, "acme_us_"), "{channel} is missing");
  assert.equal(split(pattern, "_us_search"), "{brand} is empty");
  assert.equal(split(pattern, "acme_us-search"), '"_" is missing after {country}');
  assert.equal(split("x:{a}", "y:1"), '"x:" is missing at the beginning');
  assert.equal(split("{a}_{b:x|y}", "1_xz"), '"z" is left over after {b}');
});

Deno.test("readTaxonomy() refuses patterns that cannot be, with the mend", () => {
  const faults: [string, RegExp][] = [
    ["brand", /no part has a name yet/],
    ["{a}{b}", /a sign must stand between \{a\} and \{b\}/],
    ["{a}_{a}", /stands there twice/],
    ["{Brand name}", /needs a name of lower-case letters/],
    ["{a:}_x", /lists nothing/],
    ["{a", /stands alone/],
  ];
  for (const [pattern, message] of faults) {
    const read = readTaxonomy(pattern);
    assert.ok("fault" in read, pattern);
    assert.match(read.fault, message);
    assert.deepEqual(taxonomyParts(pattern), []);
  }
});

Deno.test("splitName() ends at once whatever the name", () => {
  const names = [
    "_".repeat(20_000),
    "x - ".repeat(20_000),
    "x-".repeat(20_000),
    "x_".repeat(20_000),
    " - ".repeat(20_000),
  ];
  const patterns = [
    "{a}_{b}_{c}_{d}_{e}",
    "{a} - {b} - {c} - {d} - {e:q}",
    "{a} -- {b} -- {c} -- {d}!",
    "{a}ab{b}ab{c:z}",
  ];
  for (const pattern of patterns) {
    for (const name of names) {
      const started = performance.now();
      split(pattern, name);
      assert.ok(performance.now() - started < 500, `${pattern} on ${name.slice(0, 9)}`);
    }
  }
});
