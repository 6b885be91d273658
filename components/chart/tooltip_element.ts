/** The tooltip's element: built with DOM calls only, placed beside the pointer and inside the plot. */
import type { TooltipContent } from "./tooltip_rows.ts";

/** Fills and shows the tooltip of a plot. */
export function showTooltip(plot: HTMLElement, content: TooltipContent, x: number, y: number): void {
  const element = plot.querySelector<HTMLElement>(":scope > .chart__tooltip") ?? plot.appendChild(created());
  const title = tag("p", "chart__tooltip-title", content.title);
  if (content.note) title.append(" ", tag("span", "chart__tooltip-note", content.note));
  const body = document.createElement("tbody");
  for (const { name, value, color, note } of content.rows) {
    const row = body.insertRow();
    row.insertCell().append(tag("span", `swatch swatch--${color}`, ""));
    row.insertCell().append(name);
    row.insertCell().append(value);
    row.insertCell().append(note ?? "");
  }
  if (content.total) {
    const row = body.insertRow();
    row.className = "chart__tooltip-total";
    row.insertCell();
    row.insertCell().append("Total");
    row.insertCell().append(content.total);
    row.insertCell();
  }
  const table = document.createElement("table");
  table.append(body);
  element.replaceChildren(title, table);
  element.hidden = false;
  place(element, plot, x, y);
}

/** Hides the tooltip of a plot. */
export function hideTooltip(plot: HTMLElement): void {
  const element = plot.querySelector<HTMLElement>(":scope > .chart__tooltip");
  if (element) element.hidden = true;
}

function place(element: HTMLElement, plot: HTMLElement, x: number, y: number): void {
  const { width, height } = plot.getBoundingClientRect();
  const gap = 14;
  const left = x + gap + element.offsetWidth <= width ? x + gap : x - gap - element.offsetWidth;
  const top = Math.max(0, Math.min(y - element.offsetHeight / 2, height - element.offsetHeight));
  element.style.transform = `translate(${Math.round(Math.max(0, left))}px, ${Math.round(top)}px)`;
}

function created(): HTMLElement {
  const element = tag("div", "chart__tooltip", "");
  element.setAttribute("aria-hidden", "true"); // the table under the chart says the same to screen readers
  return element;
}

function tag(name: string, className: string, text: string): HTMLElement {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
}
