import assert from "node:assert/strict";
import { show, testWidget } from "@/tests/contracts/widget.ts";
import { safeHref } from "./Markdown.tsx";
import { namedMetrics, textPieces } from "./metric_tokens.ts";
import widget from "./mod.ts";

testWidget({
  widget,
  options: [
    {},
    { text: "Spend is {{spend}}, {{ spend:compare }} against {{spend:previous}}." },
    { text: "# Head\n\n1. *one*\n2. ~~two~~ `{{roas}}`\n\n> quote\n\n---\n\n| a | b |\n|---|--:|\n| 1 | {{cpa}} |" },
  ],
});

const shown = (text: string) => show(widget, { options: { text }, answers: { compare: true } }).html;

Deno.test("text: live numbers are written in the reader's locale", () => {
  assert.match(shown("{{spend}}"), /title="Spend: €277,763.99"[^>]*>€277.8k</);
  assert.match(shown("{{spend:exact}}"), />€277,763.99</);
  assert.match(shown("{{spend:previous}}"), />€246.7k</);
  assert.match(shown("**{{spend:compare}}**"), /change--neutral change--inline">\+12.6%/);
});

Deno.test("text: what is not exactly a token stays as it was typed", () => {
  assert.deepEqual(textPieces("{{Spend}} {{spend:bogus}} {spend}"), [{ words: "{{Spend}} {{spend:bogus}} {spend}" }]);
  assert.deepEqual(namedMetrics("{{a}} {{b:exact}} {{a:compare}}"), ["a", "b"]);
  assert.match(shown("`{{spend}}`"), /<code>\{\{spend\}\}<\/code>/);
});

Deno.test("text: HTML is shown, never obeyed", () => {
  for (
    const hostile of [
      "<img src=x onerror=alert(1)>",
      "<script>alert(1)</script>",
      "a <b onclick=alert(1)>b</b>",
      "![x](https://example.com/pixel.png)",
      "[x](javascript:alert(1))",
      "[x](data:text/html,<script>alert(1)</script>)",
      "<javascript:alert(1)>",
      "[x](<java\nscript:alert(1)>)",
    ]
  ) {
    const html = shown(hostile);
    assert.doesNotMatch(html, /<(img|script|b|iframe)\b|href="(?!https?:|mailto:|\/(?!\/))/, hostile);
  }
});

Deno.test("text: links lead to the web, to mail or to a page of this product, nowhere else", () => {
  assert.equal(safeHref("https://example.com/a?b=c"), "https://example.com/a?b=c");
  assert.equal(safeHref("mailto:a@example.com"), "mailto:a@example.com");
  assert.equal(safeHref("/data/import?dataset=ads#file"), "/data/import?dataset=ads#file");
  for (
    const href of [
      "javascript:alert(1)",
      " JavaScript:alert(1)",
      "data:text/html,x",
      "vbscript:x",
      "//x",
      "/\\\\x",
      "/\\tx",
      "x",
    ]
  ) {
    assert.equal(safeHref(href), null, href);
  }
  assert.match(shown("[the drivers](https://example.com)"), /<a href="https:\/\/example.com\/" rel="[^"]*noopener/);
});
