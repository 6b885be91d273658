const APP = /_app(?!\.[tj]sx?)?$/;
const APP_FILE = /\/_app(\.[tj]sx?)?$/;

/**
 * Order of route files: the app wrapper first, then per folder the middleware, layout and error page, the index, plain
 * names, groups, parameters and last the rest parameter. A folder comes before the file of the same name.
 */
export function sortRoutePaths(a: string, b: string): number {
  if (a === b) return 0;
  if (APP.test(a) || APP_FILE.test(a)) return -1;
  if (APP.test(b) || APP_FILE.test(b)) return 1;

  const partsA = a.split("/");
  const partsB = b.split("/");
  const shared = Math.min(partsA.length, partsB.length);
  for (let i = 0; i < shared; i++) {
    const partA = partsA[i]!;
    const partB = partsB[i]!;
    const isLastA = i === partsA.length - 1;
    const isLastB = i === partsB.length - 1;
    const nameA = isLastA ? stem(partA) : partA;
    const nameB = isLastB ? stem(partB) : partB;
    if (nameA === nameB) {
      // A folder and a file of the same name: what lies deeper is more specific.
      if (isLastA !== isLastB) return isLastA ? 1 : -1;
      continue;
    }
    const byKind = kind(nameB, isLastB) - kind(nameA, isLastA);
    return byKind !== 0 ? byKind : nameA < nameB ? -1 : 1;
  }
  return partsB.length - partsA.length;
}

function stem(part: string): string {
  return part.replace(/\.[tj]sx?$/, "");
}

/** The higher, the earlier. */
function kind(name: string, isLast: boolean): number {
  if (isLast && name === "_middleware") return 8;
  if (isLast && name === "_layout") return 7;
  if (isLast && (name === "_error" || name === "_500" || name === "_404")) return 6;
  if (name.startsWith("_")) return 5;
  if (isLast && name === "index") return 4;
  if (name.startsWith("[...")) return 0;
  if (name.startsWith("[")) return 1;
  if (name.startsWith("(")) return 2;
  return 3;
}
