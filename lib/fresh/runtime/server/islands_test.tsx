import assert from "node:assert/strict";
import { computed, type Signal, signal } from "@preact/signals";
import type { ComponentChildren, VNode } from "preact";
import { ask, askText, FakeBuild, silently } from "../../_testing.ts";
import { App } from "../../app.ts";
import { parse } from "../../jsonify/parse.ts";

function Counter({ count }: { count: Signal<number> }) {
  return <output>{count}</output>;
}
function Box({ children, title, open = true }: { children?: ComponentChildren; title?: VNode; open?: boolean }) {
  return <div>{title}{open && children}</div>;
}
function Outer() {
  return <Box>inside</Box>;
}
function Any(_props: Record<string, unknown>) {
  return <i>any</i>;
}

function appOf(render: () => VNode, basePath?: string): App<unknown> {
  const build = new FakeBuild()
    .addIslands("Counter", { default: Counter })
    .addIslands("Box", { Box, Outer })
    .addIslands("Any", { default: Any });
  return build.applyTo(new App({ basePath }).get("/", (ctx) => ctx.render(render())));
}

/** The props that the page's script hands to the islands. */
function propsOf(html: string): Record<string, unknown>[] {
  const text = /boot\(\{[^}]*\},(".*")\);<\/script>/s.exec(html)?.[1];
  assert.ok(text, html);
  const parsers = {
    Signal: (value: unknown) => signal(value),
    Computed: (value: unknown) => computed(() => value),
    Slot: (slot: { id: number; name: string }) => `slot ${slot.id} ${slot.name}`,
  };
  return parse<{ props: Record<string, unknown> }[]>(JSON.parse(text), parsers).map(({ props }) => props);
}

Deno.test("a page without islands has no script at all", async () => {
  const res = await ask(appOf(() => <p>plain</p>), "/");
  assert.equal(res.headers.get("Link"), null);
  assert.equal(/script|boot|frsh/.test(await res.text()), false);
});

Deno.test("an island is rendered, marked, and loaded by one script", async () => {
  const res = await ask(
    appOf(() => (
      <main>
        <Counter count={signal(3)} />
      </main>
    )),
    "/",
  );
  const html = await res.text();
  assert.match(html, /<main><!--frsh:island:Counter:0:--><output>3<\/output><!--\/frsh:island--><\/main>/);
  assert.equal(html.match(/<script/g)?.length, 1);
  assert.match(
    html,
    /<script type="module" nonce="\w+">import \{ boot \} from "\/_fresh\/js\/test\/fresh-runtime.js";import Counter from "\/_fresh\/js\/test\/Counter.js";boot\(\{Counter\},/,
  );
  assert.equal(
    res.headers.get("Link"),
    '</_fresh/js/test/fresh-runtime.js>; rel="modulepreload"; as="script", ' +
      '</_fresh/js/test/Counter.js>; rel="modulepreload"; as="script"',
  );
});

Deno.test("islands are loaded below the base path, named exports by name", async () => {
  const html = await askText(appOf(() => <Box />, "/base"), "/base");
  assert.match(html, /import \{ boot \} from "\/base\/_fresh\/js\/test\/fresh-runtime.js"/);
  assert.match(html, /import \{ Box \} from "\/base\/_fresh\/js\/test\/Box.js"/);
});

Deno.test("islands on one page share signals, and computed ones are frozen", async () => {
  const count = signal(1);
  const double = computed(() => count.value * 2);
  const html = await askText(
    appOf(() => (
      <>
        <Counter count={count} />
        <Any count={count} double={double} />
      </>
    )),
    "/",
  );
  const [first, second] = propsOf(html);
  assert.equal(first!.count, second!.count);
  assert.equal((first!.count as Signal<number>).value, 1);
  const frozen = second!.double as Signal<number>;
  assert.equal(frozen.value, 2);
  (first!.count as Signal<number>).value = 5;
  assert.equal(frozen.value, 2);
});

Deno.test("an island in an island is a plain component", async () => {
  const html = await askText(appOf(() => <Outer />), "/");
  assert.match(html, /<!--frsh:island:Outer:0:--><div>inside<\/div><!--\/frsh:island-->/);
  assert.equal(html.includes("import { Box }"), false);
});

Deno.test("JSX handed to an island is marked, not sent, and may hold islands", async () => {
  const html = await askText(
    appOf(() => (
      <Box title={<h1 key="k">title</h1>}>
        secret <Counter count={signal(1)} />
      </Box>
    )),
    "/",
  );
  assert.match(html, /<!--frsh:slot:0:title--><h1 data-frsh-key="k">title<\/h1><!--\/frsh:slot-->/);
  assert.match(html, /<!--frsh:slot:1:children-->secret <!--frsh:island:Counter:1:-->/);
  const [box, counter] = propsOf(html);
  assert.deepEqual(box, { title: "slot 0 title", children: "slot 1 children" });
  assert.ok("count" in counter!);
  assert.equal(/boot\(.*secret/.test(html), false);
});

Deno.test("JSX that an island does not show waits in a template, whatever it holds", async () => {
  const html = await askText(
    appOf(() => (
      <Box open={false}>
        later
        <Box open={false}>
          <Counter count={signal(1)} />
        </Box>
      </Box>
    )),
    "/",
  );
  assert.match(html, /<template id="frsh-0-children">later<!--frsh:island:Box:1:--><div><\/div>/);
  assert.match(html, /<template id="frsh-1-children"><!--frsh:island:Counter:2:-->/);
  assert.match(html, /import Counter from/);
});

Deno.test("empty children are no slot", async () => {
  assert.deepEqual(propsOf(await askText(appOf(() => <Box title={undefined}>{null}</Box>), "/")), [
    { title: undefined, children: null },
  ]);
});

Deno.test("props can't break out of the script, keys not out of the marker", async () => {
  const evil = "</script><!-- <script>alert(1)</script> --> \u2028 \" ' \\";
  const html = await askText(appOf(() => <Any key="-->:<b>" text={evil} />), "/");
  assert.deepEqual(propsOf(html), [{ text: evil }]);
  assert.equal(html.match(/<\/script/g)?.length, 1);
  assert.equal(html.includes("<!-- "), false);
  assert.ok(html.includes("<!--frsh:island:Any:0:--%3E%3A%3Cb%3E-->"));
});

Deno.test("props that can't be sent are refused with island, prop and reason", async () => {
  class Money {}
  const cases: [Record<string, unknown>, RegExp][] = [
    [{ onClick: () => {} }, /Cannot send prop "onClick" of island "Any" to the browser: functions/],
    [{ deep: { list: [1, new Money()] } }, /prop "deep.list.1" of island "Any" .* an instance of Money/],
    [{ later: Promise.resolve() }, /prop "later" .* an instance of Promise/],
    [{ id: Symbol("x") }, /prop "id" .* symbols/],
  ];
  for (const [props, message] of cases) {
    const [error] = await silently(async () => {
      assert.equal((await ask(appOf(() => <Any {...props} />), "/")).status, 500);
    });
    assert.match(String(error), message);
  }
});

Deno.test("elements kept in constants can be rendered on several pages", async () => {
  const element = <Counter count={signal(1)} />;
  const app = appOf(() => element);
  const [first, second] = [await askText(app, "/"), await askText(app, "/")];
  assert.equal(first.replaceAll(/nonce="\w+"/g, ""), second.replaceAll(/nonce="\w+"/g, ""));
});

Deno.test("components with keys are marked, so that islands can keep them apart", async () => {
  const Plain = () => <p>x</p>;
  const html = await askText(
    appOf(() => (
      <>
        <Plain key={9007199254740991n} />
        <Plain key={0} />
      </>
    )),
    "/",
  );
  assert.match(html, /<!--frsh:key:9007199254740991--><p>x<\/p><!--\/frsh:key--><!--frsh:key:0-->/);
});

Deno.test("islands are found in layouts and the app wrapper", async () => {
  const build = new FakeBuild().addIslands("Counter", { default: Counter });
  const app = new App()
    .appWrapper(({ Component }) => (
      <html>
        <body>
          <Counter count={signal(1)} />
          <Component />
        </body>
      </html>
    ))
    .layout("/", ({ Component }) => (
      <>
        <Counter count={signal(2)} />
        <Component />
      </>
    ))
    .get("/", (ctx) => ctx.render(<p>page</p>));
  const html = await askText(build.applyTo(app), "/");
  assert.equal(propsOf(html).length, 2);
  assert.match(html, /<body><!--frsh:island:Counter:1:-->.*<!--frsh:island:Counter:0:-->.*<p>page<\/p><script/);
});
