/** `deno task build` writes `_fresh/`; without `build` it serves for development: `deno task dev` starts it anew on changes. */
import { Builder } from "fresh/dev";

const builder = new Builder();
if (Deno.args.includes("build")) {
  await builder.build();
} else {
  const { services } = await import("./main.ts");
  const open = await services();
  await builder.listen(() => import("./main.ts"), { port: open.config.port, hostname: open.config.host });
}
