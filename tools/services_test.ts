import assert from "node:assert/strict";
import { obstacle } from "./services.ts";

Deno.test("obstacle() is null for root with apt-get, and else says what to do", () => {
  assert.equal(obstacle({ hasApt: true, uid: 0 }, ["chromium"]), null);
  assert.match(obstacle({ hasApt: true, uid: 1000 }, ["chromium"]) ?? "", /sudo apt-get install chromium/);
  assert.match(obstacle({ hasApt: false, uid: 0 }, ["chromium"]) ?? "", /no apt-get/);
});
