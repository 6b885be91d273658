import { useEffect, useRef, useState } from "preact/hooks";

/** Milliseconds that a number takes to its new value. */
const TIME = 200;

/** A number that counts to its new value when it changes; at once on the server and for readers who want no motion. */
export function useCounted(value: number | null): number | null {
  const [shown, setShown] = useState(value);
  const from = useRef(value);
  useEffect(() => {
    const start = from.current;
    from.current = value;
    if (start === value) return;
    if (start === null || value === null || matchMedia("(prefers-reduced-motion: reduce)").matches) {
      return setShown(value);
    }
    const begun = performance.now();
    let frame = requestAnimationFrame(function step(now) {
      const part = Math.min(1, Math.max(0, now - begun) / TIME);
      const eased = 1 - (1 - part) ** 3;
      setShown(part === 1 ? value : start + (value - start) * eased);
      if (part < 1) frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [value]);
  return shown;
}
