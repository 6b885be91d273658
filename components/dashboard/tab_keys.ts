/** Keys in a row of tabs: arrows, Home and End go from one to another, Space opens as Enter does. */
export function tabKeys(event: KeyboardEvent): void {
  const row = event.currentTarget as HTMLElement;
  const tabs = [...row.querySelectorAll<HTMLElement>('[role="tab"]')];
  const at = tabs.indexOf(document.activeElement as HTMLElement);
  if (at < 0 || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const last = tabs.length - 1;
  const to = {
    ArrowLeft: at === 0 ? last : at - 1,
    ArrowRight: at === last ? 0 : at + 1,
    Home: 0,
    End: last,
  }[event.key];
  if (to === undefined && event.key !== " ") return;
  event.preventDefault();
  if (to === undefined) tabs[at]!.click();
  else tabs[to]!.focus();
}
