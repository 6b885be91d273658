import { define } from "@/lib/define.ts";

/** Alive: says nothing about the stores, so that a slow store gets no process killed. */
export const handlers = define.handlers({
  GET: (ctx) => ctx.json({ status: "ok" }),
});
