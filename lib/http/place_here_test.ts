import assert from "node:assert/strict";
import { placeHere } from "./place_here.ts";

Deno.test("placeHere() answers paths of this site only", () => {
  const origin = "https://tessera.example.com";
  assert.equal(placeHere("/dashboards/a?range=all#x", origin), "/dashboards/a?range=all");
  for (
    const evil of [
      "//evil.com",
      "/\\evil.com",
      "/%5Cevil.com/..//",
      "https://evil.com",
      "https:evil.com",
      "javascript:alert(1)",
      "data:,",
      null,
    ]
  ) {
    const place = placeHere(evil, origin);
    assert.equal(new URL(place, origin).origin, origin, String(evil));
    assert.ok(!/^\/[\\/]/.test(place), `${evil} → ${place}`);
  }
});
