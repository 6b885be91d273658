/** What came of saving a part of a definition. */
export type Saved<Part> =
  | { at: "saved"; version: string }
  | { at: "failed"; problem: string }
  /** Somebody else saved first: what stands now. */
  | { at: "overtaken"; theirs: Part; version: string };

/** Saves a part of a dataset's definition over the version that it started from. */
export async function saveDefinition<Part>(
  path: string,
  { name, part, version }: {
    /** What the part is called in the body. */
    name: string;
    part: Part;
    version: string;
  },
): Promise<Saved<Part>> {
  const failed = (detail: string) => ({ at: "failed", problem: `Nothing was saved: ${detail}` }) as const;
  let response: Response;
  try {
    response = await fetch(path, {
      method: "PUT",
      headers: { "content-type": "application/json", "if-match": `"${version}"` },
      body: JSON.stringify({ [name]: part }),
    });
  } catch {
    return failed("the server cannot be reached. Is it running?");
  }
  if (response.ok) return { at: "saved", version: etagOf(response) };
  const problem = await response.json().catch(() => null) as
    | { detail?: string; current?: Record<string, unknown> }
    | null;
  const { current } = problem ?? {};
  if (response.status === 409 && current) {
    return { at: "overtaken", theirs: current[name] as Part, version: String(current.version) };
  }
  return failed(problem?.detail ?? `the server answered ${response.status}`);
}

function etagOf(response: Response): string {
  return /"([^"]*)"/.exec(response.headers.get("etag") ?? "")?.[1] ?? "";
}
