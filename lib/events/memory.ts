/** Events within this process. */
import { type Events, type LiveEvent, liveEventSchema } from "./mod.ts";

/** What to do when a listener throws. */
export interface MemoryEventsOptions {
  /** @default does nothing: a listener that fails loses its event, the others do not */
  onError?: (error: unknown) => void;
}

/** Makes events that reach every listener of this process, in the order they were published. */
export function memoryEvents({ onError = () => {} }: MemoryEventsOptions = {}): Events {
  const listeners = new Map<string, Set<{ listen: (event: LiveEvent) => void }>>();
  return {
    // deno-lint-ignore require-await -- a bad event must reject, not throw
    async publish(workspace, event) {
      const checked = liveEventSchema.parse(event);
      // A copy: a listener may end itself, or another, while it is told.
      for (const entry of [...(listeners.get(workspace) ?? [])]) {
        if (!listeners.get(workspace)?.has(entry)) continue;
        try {
          entry.listen({ ...checked });
        } catch (error) {
          onError(error);
        }
      }
    },
    subscribe(workspace, listener) {
      const entry = { listen: listener };
      const channel = listeners.get(workspace) ?? new Set();
      listeners.set(workspace, channel.add(entry));
      return () => {
        channel.delete(entry);
        if (channel.size === 0 && listeners.get(workspace) === channel) listeners.delete(workspace);
      };
    },
    health: () => ({ kind: "memory", state: "ok" }),
    close() {
      listeners.clear();
      return Promise.resolve();
    },
  };
}
