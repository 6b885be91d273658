import type { LiveEvent } from "./mod.ts";

/** What an event is about: of two events with one subject, the later one says all. */
export function subjectOf(event: LiveEvent): string {
  if (event.type === "presence") return `presence:${event.dashboard}:${event.editor}`;
  return `${event.type}:${"dataset" in event ? event.dataset : event.id}`;
}
