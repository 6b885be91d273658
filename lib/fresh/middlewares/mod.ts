import { type Context, getInternals } from "../context.ts";

/** Answers a request, or lets `ctx.next()` answer it. */
export type Middleware<State> = (ctx: Context<State>) => Response | Promise<Response>;

/** @deprecated Use {@linkcode Middleware}. */
export type MiddlewareFn<State> = Middleware<State>;

/** A middleware, or a function that loads one on first use. */
export type MaybeLazyMiddleware<State> = (ctx: Context<State>) => Response | Promise<Response | Middleware<State>>;

/** What lazy middlewares turned out to be. */
const loaded = new WeakMap<object, unknown>();

/** Join middlewares into one; each one's `ctx.next()` calls the one after it. */
export function compileMiddlewares<State>(
  middlewares: MaybeLazyMiddleware<State>[],
  onError?: (error: unknown) => void,
): Middleware<State> {
  return (ctx) => {
    const last = ctx.next;
    const call = async (index: number): Promise<Response> => {
      const internals = getInternals(ctx);
      const { app, layouts } = internals;
      const middleware = middlewares[index];
      try {
        if (middleware === undefined) return await last();
        ctx.next = () => call(index + 1);
        return await callMaybeLazy(middleware, ctx);
      } catch (error) {
        if (ctx.error !== error) onError?.(error);
        ctx.error = error;
        throw error;
      } finally {
        internals.app = app;
        internals.layouts = layouts;
      }
    };
    return call(0);
  };
}

async function callMaybeLazy<State>(middleware: MaybeLazyMiddleware<State>, ctx: Context<State>): Promise<Response> {
  const known = loaded.get(middleware) as Middleware<State> | undefined;
  const result = await (known ?? middleware)(ctx);
  if (typeof result !== "function") return result;
  loaded.set(middleware, result);
  return await result(ctx);
}

/** Run middlewares one after the other, ending with the `ctx.next()` of the moment. */
export function runMiddlewares<State>(
  middlewares: MaybeLazyMiddleware<State>[],
  ctx: Context<State>,
  onError?: (error: unknown) => void,
): Promise<Response> {
  return Promise.resolve(compileMiddlewares(middlewares, onError)(ctx));
}
