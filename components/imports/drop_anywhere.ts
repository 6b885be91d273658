/** Takes files dropped anywhere on the page. `onOver` hears whether files hang over it; the answer ends it. */
export function dropAnywhere(onOver: (over: boolean) => void, onFiles: (files: File[]) => void): () => void {
  const end = new AbortController();
  let depth = 0; // enter and leave come for every element the pointer crosses
  const on = (type: "dragenter" | "dragover" | "dragleave" | "drop", act: (event: DragEvent) => void) =>
    document.addEventListener(type, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      act(event);
    }, { signal: end.signal });
  on("dragenter", () => onOver(++depth > 0));
  on("dragover", () => {});
  on("dragleave", () => onOver(--depth > 0));
  on("drop", (event) => {
    depth = 0;
    onOver(false);
    onFiles(droppedFiles(event));
  });
  return () => end.abort();
}

/** Files among what was dropped; folders have no bytes to send. */
function droppedFiles({ dataTransfer }: DragEvent): File[] {
  const files: File[] = [];
  for (const item of dataTransfer?.items ?? []) {
    if (item.kind !== "file" || item.webkitGetAsEntry()?.isDirectory) continue;
    const file = item.getAsFile();
    if (file) files.push(file);
  }
  return files;
}
