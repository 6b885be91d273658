import assert from "node:assert/strict";
import { ask } from "../_testing.ts";
import { App } from "../app.ts";
import { type MaybeLazyMiddleware, runMiddlewares } from "./mod.ts";

interface State {
  text: string;
}

Deno.test("runMiddlewares() runs a list and goes on with what comes after it", async () => {
  const add = (text: string): MaybeLazyMiddleware<State> => (ctx) => {
    ctx.state.text = `${ctx.state.text ?? ""}${text}`;
    return ctx.next();
  };
  const app = new App<State>()
    .use((ctx) => runMiddlewares([add("A"), add("B")], ctx))
    .use((ctx) => runMiddlewares([add("C")], ctx))
    .get("/", (ctx) => new Response(ctx.state.text));
  assert.equal(await (await ask(app, "/")).text(), "ABC");
});

Deno.test("runMiddlewares() lets every middleware see an error once", async () => {
  const seen: string[] = [];
  const watch = (name: string): MaybeLazyMiddleware<State> => async (ctx) => {
    try {
      return await ctx.next();
    } catch (error) {
      seen.push(`${name} ${(error as Error).message}`);
      throw error;
    }
  };
  const app = new App<State>().use(async (ctx) => {
    try {
      return await runMiddlewares([watch("A"), watch("B"), () => Promise.reject(new Error("fail"))], ctx);
    } catch (error) {
      return new Response(String(error));
    }
  }).get("/", () => new Response("ok"));
  assert.equal(await (await ask(app, "/")).text(), "Error: fail");
  assert.deepEqual(seen, ["B fail", "A fail"]);
});
