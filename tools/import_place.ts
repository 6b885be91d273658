/** Where a command brings files in: the server that holds the data, or the data itself where none does. */
import { InputError, TesseraError } from "@/lib/errors.ts";
import type { Config } from "@/lib/config.ts";
import { DataDirectoryInUseError } from "@/lib/files/data_directory.ts";
import { answerImport, cancelImport, createImport, getImport, publishImport } from "@/lib/ingest/imports.ts";
import { type ImportJob, importJobSchema, LOCAL_OWNER } from "@/lib/model/mod.ts";
import { openServices } from "@/lib/open_services.ts";
import { sourceRegistry } from "@/lib/source/mod.ts";
import { builtInSources } from "@/plugins/mod.ts";
import { registry } from "@/widgets/mod.ts";

/** A file to bring in. */
export interface FileToImport {
  filename: string;
  body: ReadableStream<Uint8Array>;
  /** @default what each table of the file says */
  dataset?: string;
  /** Stops before publishing, in state `ready`. */
  confirm: boolean;
}

/** The use cases of imports that a command needs. */
export interface ImportPlace {
  /** Where the server answers; null where the command has the data itself. */
  readonly url: string | null;
  create(file: FileToImport): Promise<ImportJob>;
  get(id: string): Promise<ImportJob>;
  answer(id: string, answers: Record<string, string>): Promise<ImportJob>;
  publish(id: string): Promise<ImportJob>;
  cancel(id: string): Promise<ImportJob>;
  close(): Promise<void>;
}

/** Opens the data, or finds the server that has it open. Throws `DataDirectoryInUseError` where nobody answers for it. */
export async function openImportPlace(config: Config): Promise<ImportPlace> {
  try {
    return await openHere(config);
  } catch (error) {
    if (!(error instanceof DataDirectoryInUseError) || !error.url) throw error;
    return serverAt(error.url, config.accessToken);
  }
}

async function openHere(config: Config): Promise<ImportPlace> {
  const quiet = { ...config, logLevel: "error" as const };
  const services = await openServices(quiet, { sources: sourceRegistry(builtInSources), widgets: registry });
  await services.jobs.start(services);
  return {
    url: null,
    create: (file) => createImport(services, LOCAL_OWNER, file),
    get: (id) => getImport(services, LOCAL_OWNER, id),
    answer: (id, answers) => answerImport(services, LOCAL_OWNER, id, answers),
    publish: (id) => publishImport(services, LOCAL_OWNER, id),
    cancel: (id) => cancelImport(services, LOCAL_OWNER, id),
    close: () => services.close(),
  };
}

function serverAt(url: string, token: string | undefined): ImportPlace {
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
  const ask = async (path: string, init: RequestInit = {}): Promise<ImportJob> => {
    const response = await fetch(new URL(path, url), { ...init, headers: { ...headers, ...init.headers } });
    const answer = await response.json();
    if (response.ok) return importJobSchema.parse(answer);
    const { code = "refused", detail, title } = answer as { code?: string; detail?: string; title?: string };
    const message = detail ?? title ?? `the server answered ${response.status}`;
    throw response.status < 500
      ? new InputError(code, message, {}, response.status)
      : new TesseraError(code, message, response.status);
  };
  const post = (path: string, body?: unknown) =>
    ask(path, {
      method: "POST",
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
  return {
    url,
    create({ filename, body, dataset, confirm }) {
      const query = new URLSearchParams({ filename, confirm: String(confirm) });
      if (dataset !== undefined) query.set("dataset", dataset);
      return ask(`/api/imports?${query}`, { method: "POST", body });
    },
    get: (id) => ask(`/api/imports/${id}`),
    answer: (id, answers) => post(`/api/imports/${id}/answers`, { answers }),
    publish: (id) => post(`/api/imports/${id}/publish`),
    cancel: (id) => ask(`/api/imports/${id}`, { method: "DELETE" }),
    close: () => Promise.resolve(),
  };
}
