/** `deno task dev` serves and reloads on every change; `deno task build` writes `_fresh/`. */
import { Builder } from "fresh/dev";

const builder = new Builder();
if (Deno.args.includes("build")) {
  await builder.build();
} else {
  const { services } = await import("./main.ts");
  const { config } = await services();
  await builder.listen(() => import("./main.ts"), { port: config.port, hostname: config.host });
}
