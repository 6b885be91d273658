/** Something that preact takes for an element, and that holds just the nodes between two others. */
export function rootFragment(start: Node, end: Node): Element {
  const parent = start.parentNode as Element;
  const insert = (node: Node, before?: Node | null) => parent.insertBefore(node, before ?? end);
  const fragment = {
    nodeType: Node.ELEMENT_NODE,
    parentNode: parent,
    namespaceURI: parent.namespaceURI,
    ownerDocument: parent.ownerDocument,
    get firstChild() {
      return start.nextSibling === end ? null : start.nextSibling;
    },
    get childNodes() {
      const nodes: Node[] = [];
      for (let node = start.nextSibling; node !== null && node !== end; node = node.nextSibling) nodes.push(node);
      return nodes;
    },
    insertBefore: insert,
    appendChild: (node: Node) => insert(node),
    removeChild: (node: Node) => parent.removeChild(node),
    contains: (node: Node | null) => parent.contains(node),
  };
  return fragment as unknown as Element;
}
