/**
 * Connector: a plugin that reads rows from somewhere. It yields what arrives as text; the host stages, cleans and checks
 * it like any file, so there is one way in.
 */
import { z } from "zod";

/** What the host hands to a run. */
export interface ReadContext {
  /** The first day that is wanted, as `YYYY-MM-DD`; without it everything there is. */
  since?: string;
  /** With the host's time limits and allowed hosts; tests hand in their own. */
  fetch: typeof fetch;
  signal: AbortSignal;
}

/** A record as it arrives: source field → value. */
export type ConnectorRow = Readonly<Record<string, unknown>>;

/** A connector as its author writes it: `read` gets settings of the type that `settings` says. */
export interface ConnectorDefinition<Settings extends z.ZodObject> {
  /** Stored with each connection: never changes. kebab-case. */
  kind: string;
  title: string;
  /** The form, the check and the type of what must be set. Secrets carry `.meta({ secret: true })`. */
  settings: Settings;
  /** The dataset it fills. @default "ads" */
  dataset?: string;
  /** Source field → the dataset's column. Fields that are not named are left out. */
  columns: Readonly<Record<string, string>>;
  read(settings: z.output<Settings>, context: ReadContext): AsyncIterable<ConnectorRow>;
}

/** A connector as the host holds it: settings arrive unchecked and are parsed first. */
export interface Connector {
  readonly kind: string;
  readonly title: string;
  readonly dataset: string;
  readonly columns: Readonly<Record<string, string>>;
  /** For forms: JSON Schema with labels and which settings are secret. */
  readonly settings: Record<string, unknown>;
  /** Rows as text by column of the dataset. Throws the schema's error where the settings do not fit. */
  read(settings: unknown, context: ReadContext): AsyncIterable<Record<string, string | null>>;
}

/** Declares a connector. */
export function defineConnector<Settings extends z.ZodObject>(definition: ConnectorDefinition<Settings>): Connector {
  const { kind, title, settings, dataset = "ads", columns } = definition;
  if (!/^[a-z][a-z0-9-]{0,62}$/.test(kind)) {
    throw new TypeError(`Cannot define the connector "${kind}": its kind must be a kebab-case name`);
  }
  return {
    kind,
    title,
    dataset,
    columns,
    settings: z.toJSONSchema(settings, { io: "input" }) as Record<string, unknown>,
    async *read(values, context) {
      const parsed = settings.parse(values);
      for await (const row of definition.read(parsed, context)) {
        context.signal.throwIfAborted();
        yield textRow(row, columns);
      }
    },
  };
}

/** Values as a file would hold them. Nothing becomes 0 that is not 0: what is missing stays missing. */
function textRow(row: ConnectorRow, columns: Readonly<Record<string, string>>): Record<string, string | null> {
  const text: Record<string, string | null> = {};
  for (const [field, column] of Object.entries(columns)) {
    const value = row[field];
    if (value === null || value === undefined) text[column] = null;
    else if (value instanceof Date) text[column] = value.toISOString();
    else if (typeof value === "object") text[column] = JSON.stringify(value);
    else text[column] = String(value);
  }
  return text;
}
