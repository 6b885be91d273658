import assert from "node:assert/strict";
import { specToName } from "./spec_to_name.ts";

Deno.test("specToName() names islands after paths, addresses and packages", () => {
  const names: Record<string, string> = {
    "/project/islands/nav-bar.tsx": "nav_bar",
    "file:///project/widgets/kpi/View.tsx": "View",
    "https://example.com/a/Foo.tsx": "Foo",
    "https://example.com/": "example",
    "jsr:@scope/island": "scope_island",
    "jsr:@scope/island@^1.2.3/Counter.tsx": "Counter",
    "npm:island@1.0.0": "island",
    "@scope/island": "scope_island",
    "http://example.com:8000/foo/bar": "bar",
    "jsr:@foo/bar@~1.0.0-alpha.32": "foo_bar",
    "jsr:@foo/bar@~1.0.0-alpha.32/asdf": "asdf",
    "npm:foo/bar": "bar",
    "npm:@foo/bar@^1.0.0": "foo_bar",
    "foo/bar": "bar",
    "@foo/bar/asdf": "asdf",
    "/islands/_bar-baz-...-$.tsx": "_bar_baz_$",
    "./islands/Foo.v2.tsx": "Foo_v2",
  };
  for (const [spec, name] of Object.entries(names)) assert.equal(specToName(spec), name, spec);
});
