/**
 * `deno task bench [--only import,query,server,recognise,compose,mongo,instances] [--rounds 5] [--rows 1000000]
 * [--query-rows 10000000] [--mongo-rows 200000] [--files FOLDER] [--json]`: speed and size, each as a ratio or figure of
 * one run on this machine, beside its goal and pass mark. `--rows 1000000,10000000` imports files of both sizes and holds
 * their memory against one another; `--files` recognises every file of a folder too. `compose`, `mongo` and `instances`
 * need what `deno task services` installs.
 */
import { parseArgs } from "node:util";
import { benchCompose } from "./compose_bench.ts";
import { benchImports } from "./import_bench.ts";
import { benchQueries } from "./query_bench.ts";
import { benchInstances } from "./instances_bench.ts";
import { benchMongo } from "./mongo_bench.ts";
import { benchRecognise } from "./recognise_bench.ts";
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
    files: { type: "string" },
    seconds: { type: "string", default: "8" },
    json: { type: "boolean", default: false },
  },
});

type Option = "rounds" | "rows" | "query-rows" | "mongo-rows" | "seconds";

function counts(name: Option): number[] {
  return values[name].split(",").map((text) => {
    const value = Number(text);
    if (Number.isSafeInteger(value) && value > 0) return value;
    throw new TypeError(`Cannot measure: --${name} must be a whole number above 0, not "${text}"`);
  });
}

const count = (name: Option) => counts(name)[0]!;

const AREAS: Record<string, () => Promise<Figure[]>> = {
  import: () => benchImports(counts("rows"), count("rounds")),
  query: () => benchQueries(count("query-rows"), count("rounds")),
  instances: () => benchInstances(count("seconds")),
  mongo: () => benchMongo(count("mongo-rows"), count("rounds")),
  recognise: () => benchRecognise({ folder: values.files, rows: count("rows"), rounds: count("rounds") }),
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
