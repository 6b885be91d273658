/** Saves a part of a dataset's definition. Answers null, or what was wrong, for people. */
export async function saveDefinition(path: string, body: unknown): Promise<string | null> {
  const failed = (detail: string) => `Nothing was saved: ${detail}`;
  let response: Response;
  try {
    response = await fetch(path, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch {
    return failed("the server cannot be reached. Is it running?");
  }
  if (response.ok) return null;
  const problem = await response.json().catch(() => null) as { detail?: string } | null;
  return failed(problem?.detail ?? `the server answered ${response.status}`);
}
