const ORDER = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** The methods that an address takes, of an `Allow` that names those with a handler: HEAD is answered wherever GET is. */
export function allowedMethods(allow: string | null): string[] {
  const methods = new Set((allow ?? "GET").split(",").map((method) => method.trim().toUpperCase()));
  if (methods.has("GET")) methods.add("HEAD");
  methods.add("OPTIONS");
  return ORDER.filter((method) => methods.has(method));
}
