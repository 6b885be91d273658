import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { whenIdle } from "./when_idle.ts";

/** Shows its children once what surrounds them is painted: what is far down a page does not hold up its top. */
export function WhenIdle({ children }: { children: ComponentChildren }) {
  const [idle, setIdle] = useState(false);
  useEffect(() => whenIdle(() => setIdle(true)), []);
  return idle ? children : null;
}
