import assert from "node:assert/strict";
import { ndjsonToCsv } from "./ndjson_to_csv.ts";

const rows = (...objects: string[]) => objects.join("\n");

Deno.test("ndjsonToCsv() makes columns of fields in the order they appear; what is missing is empty", () => {
  assert.equal(
    ndjsonToCsv(rows('{"date":"2026-01-01","spend":1.5}', "", '{"spend":2,"campaign":"A","date":null}', "")),
    "date,spend,campaign\n2026-01-01,1.5,\n,2,A\n",
  );
});

Deno.test("ndjsonToCsv() keeps every digit of a number, and writes it so that it reads one way", () => {
  assert.equal(
    ndjsonToCsv('{"a":12345678901234567890,"b":1.234,"c":1e3,"d":-2.5E-3,"e":0.1,"f":true}'),
    "a,b,c,d,e,f\n12345678901234567890,1.2340,1000,-0.0025,0.1,true\n",
  );
});

Deno.test("ndjsonToCsv() keeps text as it is, whatever stands in it", () => {
  assert.equal(ndjsonToCsv('{"a, b":"x\\"y\\nz","c":" led"}\r\n'), '"a, b",c\n"x""y\nz"," led"\n');
});

Deno.test("ndjsonToCsv() names the line and the field of what it cannot take", () => {
  const good = '{"a":1}';
  for (
    const [text, words] of [
      [rows(good, "nonsense"), /line 2: it is no JSON/],
      [rows(good, "", "[1]"), /line 3: it is no object/],
      ["7", /line 1: it is no object/],
      [rows(good, '{"b":{"c":1}}'), /line 2: "b" holds an object/],
      ['{"b":[1]}', /line 1: "b" holds a list/],
      ["\n \n", /the body holds none/],
      [`{${Array.from({ length: 1_001 }, (_, i) => `"f${i}":1`)}}`, /more than 1000 different fields/],
    ] as const
  ) assert.throws(() => ndjsonToCsv(text), { message: words }, text.slice(0, 50));
});
