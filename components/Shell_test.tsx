import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { Shell } from "./Shell.tsx";

const current = (path: string) => {
  const html = renderToString(<Shell path={path}>page</Shell>);
  return [...html.matchAll(/nav__link--current" href="([^"]+)"/g)].map(([, href]) => href);
};

Deno.test("Shell marks the place that a page belongs to, at the side and in the menu", () => {
  assert.deepEqual(current("/"), ["/dashboards", "/dashboards"]);
  assert.deepEqual(current("/dashboards/marketing"), ["/dashboards", "/dashboards"]);
  assert.deepEqual(current("/data/imports/1"), ["/data", "/data"]);
  assert.deepEqual(current("/database"), []);
});

Deno.test("Shell marks the chosen colours and leads back to the page with its query", () => {
  const html = renderToString(<Shell path="/data" search="?cursor=a" theme="dark">page</Shell>);
  assert.match(html, /value="dark" aria-pressed="true"/);
  assert.match(html, /name="back" value="\/data\?cursor=a"/);
});

Deno.test("Shell has no inline styles or scripts, which the policy would refuse", () => {
  assert.doesNotMatch(renderToString(<Shell path="/">page</Shell>), / style=|<script| on\w+=/);
});
