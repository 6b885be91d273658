/**
 * `deno task bench [--only import,query,server,compose,mongo,instances] [--rounds 5] [--rows 1000000]
 * [--query-rows 10000000] [--mongo-rows 200000] [--json]`: speed and size, each as a ratio or figure of one run on this
 * machine, beside its goal and pass mark. `compose`, `mongo` and
 * `instances` need what `deno task services` installs.
 */
import { parseArgs } from "node:util";
import { benchCompose } from "./compose_bench.ts";
import { benchImport } from "./import_bench.ts";
import { benchQueries } from "./query_bench.ts";
import { benchInstances } from "./instances_bench.ts";
import { benchMongo } from "./mongo_bench.ts";
import { type Figure, passes, tableOf } from "./report.ts";
import { benchServer } from "./server_bench.ts";

const { values } = parseArgs({
  args: Deno.args,
  options: {
    only: { type: "string", default: "import,query,server" },
    rounds: { type: "string", default: "5" },
    rows: { type: "string", default: "1000000" },
    "query-rows": { type: "string", default: "10000000" },
    "mongo-rows": { type: "string", default: "200000" },
    seconds: { type: "string", default: "8" },
    json: { type: "boolean", default: false },
  },
});

function count(name: "rounds" | "rows" | "query-rows" | "mongo-rows" | "seconds"): number {
  const value = Number(values[name]);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new TypeError(`Cannot measure: --${name} must be a whole number above 0, not "${values[name]}"`);
}

const AREAS: Record<string, () => Promise<Figure[]>> = {
  import: () => benchImport(count("rows"), count("rounds")),
  query: () => benchQueries(count("query-rows"), count("rounds")),
  instances: () => benchInstances(count("seconds")),
  mongo: () => benchMongo(count("mongo-rows"), count("rounds")),
  compose: () => benchCompose(count("rows"), count("rounds")),
  server: () => benchServer(count("rounds"), count("seconds")),
};

const figures: Figure[] = [];
for (const area of values.only.split(",")) {
  const measure = AREAS[area];
  if (!measure) throw new TypeError(`Cannot measure "${area}": there are ${Object.keys(AREAS).join(", ")}`);
  if (!values.json) console.error(`Measuring ${area} …`);
  figures.push(...await measure());
}
if (values.json) {
  console.log(JSON.stringify(figures.map((figure) => ({ ...figure, passes: passes(figure) })), null, 2));
} else {
  console.log(tableOf(figures));
}
Deno.exitCode = figures.some((figure) => passes(figure) === false) ? 1 : 0;
