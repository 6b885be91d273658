import assert from "node:assert/strict";
import { appOfFiles, askText } from "./_testing.ts";
import { createDefine, page } from "./mod.ts";

interface State {
  user: string;
}
const define = createDefine<State>();

// That this file compiles is half of the test: data and state are inferred.
const handler = define.handlers({
  GET: (ctx) => page({ greeting: `Hello ${ctx.state.user}` }),
  POST: () => new Response("posted"),
});
const Page = define.page<typeof handler>(({ data, url }) => <p>{data.greeting.toUpperCase()} at {url.pathname}</p>);
const AsyncPage = define.page<typeof handler>(async (props) => {
  await Promise.resolve();
  return <p>{props.data.greeting.length}</p>;
});
const Plain = define.page(({ state, params }) => <p>{state.user} {params.id}</p>);
const Layout = define.layout(({ Component, state }) => (
  <main class={state.user}>
    <Component />
  </main>
));
const middleware = define.middleware((ctx) => {
  ctx.state.user = "Ada";
  return ctx.next();
});

Deno.test("createDefine() returns what it is given, with types inferred", async () => {
  // A module loader knows no types either.
  const app = await appOfFiles<State>({
    "routes/_middleware.ts": { handler: [middleware] },
    "routes/_layout.tsx": { default: Layout },
    "routes/index.tsx": { handler, default: Page as never },
    "routes/async.tsx": { handlers: handler, default: AsyncPage as never },
    "routes/[id].tsx": { default: Plain as never },
  });
  assert.match(await askText(app, "/"), /<main class="Ada"><p>HELLO ADA at \/<\/p><\/main>/);
  assert.match(await askText(app, "/async"), /<p>9<\/p>/);
  assert.match(await askText(app, "/x"), /<p>Ada x<\/p>/);
});
