import assert from "node:assert/strict";
import { currencyChoices } from "./currencies.ts";

Deno.test("currencies to choose from are money with names, without metals, tests and the code for none", () => {
  const choices = currencyChoices("en-GB");
  assert.deepEqual(choices.find(({ code }) => code === "EUR"), { code: "EUR", name: "Euro" });
  for (const code of ["XXX", "XAU", "XTS", "CHE"]) assert.ok(!choices.some((choice) => choice.code === code), code);
  assert.ok(choices.some(({ code }) => code === "XAF"));
});
