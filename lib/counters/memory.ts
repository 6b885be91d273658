/** Counters of this process. */
import { DayCounts, dayOf, minuteOf } from "./day_counts.ts";
import type { Counters } from "./mod.ts";

/** How to count. */
export interface MemoryCountersOptions {
  /** False where other processes serve the same workspaces, so that answers say whose counts they are. @default true */
  alone?: boolean;
  /** @default the machine's clock */
  now?: () => Date;
}

/** Makes counters that end with the process. */
export function memoryCounters({ alone = true, now = () => new Date() }: MemoryCountersOptions = {}): Counters {
  const workspaces = new Map<string, DayCounts>();
  const today = (workspace: string) => {
    const day = dayOf(now());
    let counts = workspaces.get(workspace);
    if (counts?.day !== day) workspaces.set(workspace, counts = new DayCounts(day));
    return counts;
  };
  return {
    request(workspace) {
      const { requests } = today(workspace);
      const minute = minuteOf(now());
      requests.set(minute, (requests.get(minute) ?? 0) + 1);
    },
    imported(workspace, importId, rows, at) {
      const counts = today(workspace);
      if (dayOf(at) !== counts.day || counts.imports.has(importId)) return;
      counts.imports.set(importId, { minute: minuteOf(at), rows });
    },
    today: (workspace) => Promise.resolve(today(workspace).tell(alone ? "every-instance" : "this-instance")),
    health: () => ({ kind: "memory", state: "ok" }),
    close: () => Promise.resolve(),
  };
}
