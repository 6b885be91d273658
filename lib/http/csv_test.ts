import assert from "node:assert/strict";
import { attachment, toCsv } from "./csv.ts";

Deno.test("toCsv() quotes what needs it and leaves nulls empty", () => {
  assert.equal(
    toCsv(["a", "b"], [{ a: 'x "y", z', b: null }, { a: "1\n2", b: 3 }]),
    'a,b\r\n"x ""y"", z",\r\n"1\n2",3\r\n',
  );
});

Deno.test("toCsv() lets no cell run as a formula, and leaves negative numbers alone", () => {
  const cells = ["=1+1", "+cmd", "@SUM(A1)", "-2+3", "\tx", "-12.5", "-1,234.50", "-3%"];
  const [, ...lines] = toCsv(["v"], cells.map((v) => ({ v }))).trimEnd().split("\r\n");
  assert.deepEqual(lines, ["'=1+1", "'+cmd", "'@SUM(A1)", "'-2+3", "'\tx", "-12.5", '"-1,234.50"', "-3%"]);
});

Deno.test("attachment() gives any name safely", () => {
  assert.equal(
    attachment('Über"\r\nx: y/../a.csv'),
    `attachment; filename="_ber___x_ y_.._a.csv"; filename*=UTF-8''%C3%9Cber%22%0D%0Ax%3A%20y%2F..%2Fa.csv`,
  );
});
