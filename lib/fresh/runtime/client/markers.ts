import { MARKER_PREFIX } from "../shared_internal.ts";

/** A place between two nodes. */
export interface Range {
  start: Node;
  end: Node;
}

/** An island that is not part of another one. */
export interface IslandRange extends Range {
  name: string;
  index: number;
}

/** What a comment says, or `null` if it is none of ours. */
export function readMarker(node: Node): { kind: string; parts: string[] } | null {
  if (node.nodeType !== Node.COMMENT_NODE) return null;
  const { data } = node as Comment;
  if (!data.startsWith(MARKER_PREFIX) && !data.startsWith(`/${MARKER_PREFIX}`)) return null;
  const [prefix, kind, ...parts] = data.split(":");
  return { kind: prefix === "frsh" ? kind! : `/${kind}`, parts: parts.map(decodeURIComponent) };
}

/** Find the outermost islands, and all slots by their id. */
export function findMarkers(root: Node): { islands: IslandRange[]; slots: Map<number, Range> } {
  const islands: IslandRange[] = [];
  const slots = new Map<number, Range>();
  const open: { kind: string; parts: string[]; start: Node; isRoot: boolean }[] = [];
  const comments: Comment[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
  while (walker.nextNode()) comments.push(walker.currentNode as Comment);

  for (const comment of comments) {
    const marker = readMarker(comment);
    if (marker === null) continue;
    if (!marker.kind.startsWith("/")) {
      const isRoot = marker.kind === "island" && !open.some(({ kind }) => kind === "island");
      open.push({ ...marker, start: comment, isRoot });
      continue;
    }
    const { kind, parts, start, isRoot } = open.pop()!;
    if (kind === "slot") slots.set(Number(parts[0]), { start, end: comment });
    if (isRoot) islands.push({ name: parts[0]!, index: Number(parts[1]), start: toText(start), end: toText(comment) });
  }
  return { islands, slots };
}

/** Preact steps over comments when it looks for a place to insert, and would leave the island; it stops at text. */
function toText(comment: Node): Text {
  const text = new Text("");
  comment.parentNode!.replaceChild(text, comment);
  return text;
}
