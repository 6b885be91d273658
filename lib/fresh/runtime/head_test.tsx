import assert from "node:assert/strict";
import type { ComponentChildren } from "preact";
import { askText } from "../_testing.ts";
import { App } from "../app.ts";
import { Head } from "./head.ts";

async function headOf(defaults: ComponentChildren, page: ComponentChildren): Promise<string> {
  const app = new App()
    .appWrapper(({ Component }) => (
      <html>
        <head>{defaults}</head>
        <body>
          <Component />
        </body>
      </html>
    ))
    .get("/", (ctx) => ctx.render(<main>{page}</main>));
  const html = await askText(app, "/");
  assert.match(html, /<body><main>.*<\/main><\/body>/);
  return /<head>(.*)<\/head>/.exec(html)![1]!.replaceAll(/ nonce="\w+"/g, "");
}

Deno.test("Head replaces the title, and meta elements of the same name", async () => {
  const head = await headOf(
    <>
      <meta charset="utf-8" />
      <title>default</title>
      <meta name="foo" content="default" />
      <meta property="og:title" content="default" />
    </>,
    <Head>
      <title>own</title>
      <meta name="foo" content="own" />
      <meta name="bar" content="own" />
    </Head>,
  );
  assert.equal(
    head,
    '<meta charset="utf-8"/><title>own</title><meta name="foo" content="own"/>' +
      '<meta property="og:title" content="default"/><meta name="bar" content="own"/>',
  );
});

Deno.test("Head replaces elements of the same key or id, and adds all others", async () => {
  const head = await headOf(
    <>
      <style key="a">default</style>
      <style id="b">default</style>
      <style>default</style>
    </>,
    <Head>
      <style key="a">own a</style>
      <style id="b">own b</style>
      <style>own</style>
      <link rel="stylesheet" href="/a.css" />
      <link rel="stylesheet" href="/b.css" />
    </Head>,
  );
  assert.equal(
    head,
    '<style data-key="a">own a</style><style id="b">own b</style><style>default</style><style>own</style>' +
      '<link rel="stylesheet" href="/a.css"/><link rel="stylesheet" href="/b.css"/>',
  );
});

Deno.test("Head takes components, and the one rendered last wins", async () => {
  const Title = ({ text }: { text: string }) => <title>{text}</title>;
  const head = await headOf(
    null,
    <>
      <Head>
        <Title text="first" />
      </Head>
      <p>
        <Head>
          <Title text="last" />
        </Head>
      </p>
    </>,
  );
  assert.equal(head, "<title>last</title>");
});

Deno.test("Head works without an app wrapper", async () => {
  const app = new App().get("/", (ctx) =>
    ctx.render(
      <>
        <Head>
          <title>own</title>
        </Head>page
      </>,
    ));
  assert.equal(
    await askText(app, "/"),
    '<!DOCTYPE html><html><head><meta charset="utf-8"/><title>own</title></head><body>page</body></html>',
  );
});
