/** The shortest cycle through each edge of a directed graph, every cycle once, beginning with its smallest name. */
export function findCycles(graph: Map<string, string[]>): string[][] {
  const cycles = new Map<string, string[]>();
  for (const [from, targets] of graph) {
    for (const to of targets) {
      const back = shortestPath(graph, to, from);
      if (!back) continue;
      const cycle = rotate(from === to ? [from] : [from, ...back.slice(0, -1)]);
      cycles.set(cycle.join(" "), cycle);
    }
  }
  return [...cycles.values()].sort((a, b) => a.join(" ") < b.join(" ") ? -1 : 1);
}

function shortestPath(graph: Map<string, string[]>, start: string, end: string): string[] | null {
  const cameFrom = new Map<string, string | null>([[start, null]]);
  const queue = [start];
  for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
    if (node === end) {
      const path: string[] = [];
      for (let step: string | null = end; step !== null; step = cameFrom.get(step) ?? null) path.unshift(step);
      return path;
    }
    for (const next of graph.get(node) ?? []) {
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, node);
      queue.push(next);
    }
  }
  return null;
}

function rotate(cycle: string[]): string[] {
  const smallest = [...cycle].sort()[0] ?? "";
  const at = cycle.indexOf(smallest);
  return [...cycle.slice(at), ...cycle.slice(0, at)];
}
