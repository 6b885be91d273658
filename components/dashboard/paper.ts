/** Printing a dashboard: white ground whatever the screen has, and charts drawn at the size they have on paper. */

/** Readies the page whenever it is printed, and takes that back after; the answer ends it. */
export function printOnPaper(): () => void {
  const root = document.documentElement;
  let theme: string | undefined;
  // Captured: charts hear of it after, and find the page as wide as paper.
  const before = () => {
    theme = root.dataset.theme;
    root.dataset.theme = "light";
    root.classList.add("paper");
  };
  const after = () => {
    if (theme === undefined) delete root.dataset.theme;
    else root.dataset.theme = theme;
    root.classList.remove("paper");
  };
  addEventListener("beforeprint", before, { capture: true });
  addEventListener("afterprint", after, { capture: true });
  return () => {
    removeEventListener("beforeprint", before, { capture: true });
    removeEventListener("afterprint", after, { capture: true });
  };
}
