import assert from "node:assert/strict";
import { VersionMemory } from "./version_memory.ts";

Deno.test("VersionMemory works a value out once per version, as soon as it is kept", async () => {
  const memory = new VersionMemory();
  let asked = 0;
  const work = () => Promise.resolve(++asked);
  const first = memory.at("ads", 1);
  assert.equal(await first.recall("coverage", work), 1);
  assert.equal(await first.recall("coverage", work), 1, "the same reading");
  assert.equal(await memory.at("ads", 1).recall("coverage", work), 2, "nobody has vouched for the first yet");
  first.keep();
  await Promise.resolve();
  assert.equal(await memory.at("ads", 1).recall("coverage", work), 1);
  assert.equal(await memory.at("ads", 2).recall("coverage", work), 3, "another version");
  assert.equal(await memory.at("web", 1).recall("coverage", work), 4, "another dataset");
});

Deno.test("VersionMemory forgets versions that nobody reads, and what could not be read", async () => {
  const memory = new VersionMemory();
  const failing = memory.at("ads", 0);
  await assert.rejects(() => failing.recall("x", () => Promise.reject(new Error("away"))), /away/);
  failing.keep();
  await Promise.resolve();
  assert.equal(await memory.at("ads", 0).recall("x", () => Promise.resolve("there")), "there");
  const kept = memory.at("ads", 0);
  await kept.recall("x", () => Promise.resolve("kept"));
  kept.keep();
  for (let version = 1; version <= 20; version++) memory.at("ads", version);
  assert.equal(await memory.at("ads", 0).recall("x", () => Promise.resolve("anew")), "anew");
});
