/** Makes a document id that sorts by the time of its making: 48 bits of milliseconds, then 80 random bits, in hex. */
export function newId(now: number = Date.now()): string {
  const random = crypto.getRandomValues(new Uint8Array(10));
  return now.toString(16).padStart(12, "0") + Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
