/** Who may import whom: the table that `check_imports.ts` holds every file against. */

/** What a part of the project may import. Entries are parts, as `partOf()` names them; `x/*` means any part below x. */
export interface ImportRule {
  /** The parts this rule is for. */
  parts: RegExp;
  /** Where a value may come from. The part itself is always allowed. */
  values: string[];
  /** Where a type may come from besides; `*` means anywhere. */
  types?: string[];
  /** The only packages it may use; any but drivers where left out. */
  packages?: string[];
  /** The rule in words. */
  says: string;
}

const STORES = ["warehouse", "documents", "cache", "files", "events", "counters", "staging"].map((name) =>
  `lib/${name}`
);
/** Doors to drivers: a server's is shared by the stores that lie on it, so that they share one pool. */
const DOORS = ["lib/duckdb", "lib/mongo", "lib/redis"];
/** Views by kind, loaded when asked for: the one door from a page to its widgets' drawing. */
const VIEWS = ["widgets/views.ts", "widgets/loaded_views.ts"];

/** The rules; the first that fits a part holds. Tests, tools and benchmarks have none. */
export const IMPORT_RULES: ImportRule[] = [
  { parts: /^lib\/model$/, values: [], packages: ["zod"], says: "lib/model is pure and imports zod only" },
  {
    parts: /^lib\/format$/,
    values: [],
    types: ["lib/model"],
    packages: ["zod"],
    says: "lib/format is pure and imports zod only, and types of lib/model",
  },
  { parts: /^lib\/(connector|source|widget)$/, values: ["lib/model"], says: "plugin contracts import lib/model only" },
  { parts: /^lib\/fresh$/, values: [], says: "lib/fresh knows nothing of the product" },
  {
    parts: /^plugins$/,
    values: ["plugins/*", "lib/connector", "lib/source", "lib/model"],
    says: "the list of plugins imports plugins and their contracts",
  },
  {
    parts: /^plugins\//,
    values: ["lib/connector", "lib/source", "lib/model"],
    says: "a plugin imports lib/connector, lib/source and lib/model, and never another plugin",
  },
  {
    parts: /^widgets$/,
    values: ["widgets/*", "lib/widget", "lib/model"],
    says: "the list of widgets imports widgets and their contract",
  },
  {
    parts: /^widgets\//,
    values: ["lib/widget", "lib/model", "lib/format", "components"],
    says: "a widget imports lib/widget, lib/model, lib/format and components, and never another widget",
  },
  {
    parts: /^lib\/(duckdb|mongo|redis)$/,
    values: ["lib/errors.ts"],
    types: ["lib/model"],
    says: "the door to an engine or a server imports its driver and errors, and types of lib/model",
  },
  {
    parts: new RegExp(`^(${STORES.join("|")})$`),
    values: ["lib/model", "lib/errors.ts", ...DOORS],
    types: [...STORES, "lib/log.ts"],
    says: "a store imports lib/model, lib/errors.ts and the door to its own driver",
  },
  {
    parts: /^lib\/open_(services|embedded|server)\.ts$/,
    values: ["lib/*"],
    says: "lib/open_*.ts open everything in lib/; widgets and plugins are handed to them",
  },
  {
    parts: /^lib\/[^/]+\.ts$/,
    values: ["lib/model", "lib/*.ts"],
    types: ["lib/*"],
    says: "single files in lib/ import lib/model and one another, and types of lib/",
  },
  {
    parts: /^lib\/pictures$/,
    values: ["lib/model", "lib/format", "lib/widget", "lib/errors.ts", "components"],
    types: ["lib/*"],
    says: "lib/pictures draws what components/chart describes",
  },
  {
    parts: /^lib\//,
    values: ["lib/*"],
    says: "a use case imports lib/ only: widgets and plugins arrive in Services",
  },
  {
    parts: /^components$/,
    values: ["lib/model", "lib/format"],
    types: ["*"],
    says: "components import lib/model and lib/format, and of anything else types only",
  },
  {
    parts: /^islands$/,
    values: ["components", "lib/model", "lib/format", ...VIEWS],
    types: ["*"],
    says: "islands import components, lib/model, lib/format and the list of views, and of anything else types only",
  },
  {
    parts: /^routes$/,
    values: ["lib/*", "islands", "components", ...VIEWS],
    types: ["*"],
    says: "routes import lib, islands, components and the list of views",
  },
];

/** Packages that talk to a product, and the one file (or file name) that may import each. */
export const DRIVERS: Record<string, string> = {
  "@duckdb/node-api": "duckdb.ts",
  "node:sqlite": "sqlite.ts",
  "mongodb": "lib/mongo/mongo.ts",
  "redis": "lib/redis/redis.ts",
};

/**
 * Files that are implementations of a role, which only the openers may know. Staging is the importer's own ground: its
 * pure pieces may be used, its engine may not.
 */
export const INTERFACES: RegExp = new RegExp(
  `^(${STORES.filter((store) => store !== "lib/staging").join("|")})/(?!mod\\.ts$)|^lib/staging/(duckdb|mongo)\\.ts$`,
);
/** Who may import an implementation: the one place that opens everything, and the entry points. */
export const OPENERS: RegExp = /^(lib\/open_(services|embedded|server)\.ts|main\.ts|dev\.ts|work\.ts)$/;

/** The part of the project a file belongs to: `lib/query`, `lib/errors.ts`, `widgets/kpi`, `widgets`, `routes` … */
export function partOf(file: string): string {
  const [top = "", second = "", third] = file.split("/");
  if (top === "lib") return `lib/${second}`;
  if ((top === "widgets" || top === "plugins") && third !== undefined) return `${top}/${second}`;
  return top;
}

/** Whether a list of a rule holds a file. */
export function allows(list: string[], file: string): boolean {
  const part = partOf(file);
  return list.some((entry) => {
    if (entry === "*" || entry === part || entry === file) return true;
    if (entry === "lib/*.ts") return /^lib\/[^/]+\.ts$/.test(file);
    return entry.endsWith("/*") && part.startsWith(entry.slice(0, -1));
  });
}
