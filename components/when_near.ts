/** Work that may wait until an element is about to come into sight: a page of forty charts draws those of one screen. */

/** So far outside of the window work begins, in pixels: more than a turn of the wheel, so that nobody sees it begin. */
const MARGIN = 800;

const waiting = new Map<Element, () => void>();
let observer: IntersectionObserver | undefined;

/** Does the work once: when the element is near the window, or when the page is printed. The answer takes it back. */
export function whenNear(element: Element, work: () => void): () => void {
  if (!observer) {
    observer = new IntersectionObserver(
      (entries) => entries.forEach(({ isIntersecting, target }) => isIntersecting && begin(target)),
      { rootMargin: `${MARGIN}px` },
    );
    addEventListener("beforeprint", () => [...waiting.keys()].forEach(begin));
  }
  waiting.set(element, work);
  observer.observe(element);
  return () => forget(element);
}

function begin(element: Element): void {
  const work = waiting.get(element);
  forget(element);
  work?.();
}

function forget(element: Element): void {
  waiting.delete(element);
  observer?.unobserve(element);
}
