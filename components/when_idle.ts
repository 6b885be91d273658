/** Work that is of no use to anybody before the page is painted: it waits until the browser has nothing better to do. */

/** No longer than this, in milliseconds: a page that is never idle must be whole all the same. */
const AT_MOST = 300;

/** Does the work once the browser is idle; the answer takes it back. */
export function whenIdle(work: () => void): () => void {
  // Safari has no idle callbacks; a task that is put off a little comes after the frame there.
  if (!("requestIdleCallback" in globalThis)) {
    const timer = setTimeout(work, 50);
    return () => clearTimeout(timer);
  }
  const request = requestIdleCallback(work, { timeout: AT_MOST });
  return () => cancelIdleCallback(request);
}
