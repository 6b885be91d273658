import { useEffect, useRef, useState } from "preact/hooks";
import type { ComponentChildren } from "preact";
import { formatRange, valueLabel } from "@/lib/format/mod.ts";
import type { KeptFilter, PageFilters } from "@/lib/model/mod.ts";
import { writePageFilters, writeRange } from "@/lib/model/page_filters_text.ts";
import { KeptChips } from "./KeptChips.tsx";
import { COMPARE_CHOICES, RANGE_PRESETS, rangeTitle } from "./range_presets.ts";

/** What the bar shows and whom it tells. Every choice is a link or a form, so the bar works before its code arrives. */
export interface FilterBarProps {
  /** The filters in effect. */
  filters: PageFilters;
  range: { from: string; to: string } | null;
  columns: { name: string; title: string }[];
  dataset: string;
  /** What the dashboard and its tab filter by, whoever looks. */
  kept?: KeptFilter[];
  /** What the columns are called that filters name. */
  titles?: Record<string, string>;
  locale: string;
  onChange(filters: PageFilters): void;
}

/** Date range, comparison, and one chip per dimension; scrolls sideways on a phone. */
export function FilterBar(props: FilterBarProps) {
  const { filters, range, columns, dataset, kept = [], titles = {}, locale, onChange } = props;
  const href = (next: Partial<PageFilters>) => `?${writePageFilters({ ...filters, ...next })}`;
  const change = (next: Partial<PageFilters>) => onChange({ ...filters, ...next });
  const choose = (next: Partial<PageFilters>) => (event: Event) => {
    event.preventDefault();
    closePanels();
    change(next);
  };
  const compare = COMPARE_CHOICES.find((choice) => choice.compare === (filters.compare ?? "none"));
  return (
    <nav class="filters" aria-label="Filters">
      <Chip
        label={
          <>
            <strong>{filters.range ? rangeTitle(filters.range) : "All time"}</strong>
            {range && <span class="filter__detail">{formatRange(range.from, range.to, { locale })}</span>}
          </>
        }
      >
        <ul class="menu-list">
          {RANGE_PRESETS.map(({ title, range: preset }) => (
            <li key={title}>
              <a
                href={href({ range: preset })}
                onClick={choose({ range: preset })}
                aria-current={filters.range && writeRange(filters.range) === writeRange(preset) ? "true" : undefined}
              >
                {title}
              </a>
            </li>
          ))}
        </ul>
        <CustomRange range={range} onChoose={(chosen) => change({ range: chosen })} />
      </Chip>
      <Chip
        label={
          <>
            {filters.compare === "none" ? "no comparison" : "vs"}{" "}
            {filters.compare !== "none" && <strong>{compare?.title}</strong>}
          </>
        }
      >
        <ul class="menu-list">
          {COMPARE_CHOICES.map(({ title, compare: choice }) => (
            <li key={choice}>
              <a
                href={href({ compare: choice })}
                onClick={choose({ compare: choice })}
                aria-current={filters.compare === choice ? "true" : undefined}
              >
                {choice === "none" ? "Compare with nothing" : `Compare with ${title}`}
              </a>
            </li>
          ))}
        </ul>
      </Chip>
      {columns.map(({ name, title }) => {
        const chosen = filters.values[name] ?? [];
        return (
          <Chip
            key={name}
            active={chosen.length > 0}
            label={
              <>
                {title}
                {chosen.length > 0 && <strong>{summary(chosen, name, locale)}</strong>}
              </>
            }
            clear={chosen.length > 0
              ? {
                label: `Clear ${title}`,
                href: href({ values: { ...filters.values, [name]: [] } }),
                onClick: choose({ values: { ...filters.values, [name]: [] } }),
              }
              : undefined}
          >
            <ValuePicker
              dataset={dataset}
              column={name}
              title={title}
              chosen={chosen}
              locale={locale}
              onChoose={(values) => change({ values: { ...filters.values, [name]: values } })}
            />
          </Chip>
        );
      })}
      <KeptChips kept={kept} titles={titles} locale={locale} />
    </nav>
  );
}

function summary(chosen: string[], column: string, locale: string): string {
  const shown = chosen.slice(0, 2).map((value) => valueLabel(column, value, locale)).join(", ");
  return chosen.length > 2 ? `${shown} +${chosen.length - 2}` : shown;
}

interface ChipProps {
  label: ComponentChildren;
  active?: boolean;
  clear?: { label: string; href: string; onClick: (event: Event) => void };
  children: ComponentChildren;
}

/** A button that opens a panel; Escape and a click elsewhere close it. */
function Chip({ label, active = false, clear, children }: ChipProps) {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const element = details.current!;
    const closeOutside = (event: Event) => {
      if (element.open && !element.contains(event.target as Node)) element.open = false;
    };
    const closeOnEscape = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || !element.open) return;
      element.open = false;
      element.querySelector("summary")?.focus();
    };
    document.addEventListener("pointerdown", closeOutside);
    element.addEventListener("keydown", closeOnEscape);
    return () => {
      document.removeEventListener("pointerdown", closeOutside);
      element.removeEventListener("keydown", closeOnEscape);
    };
  }, []);
  return (
    <div class={active ? "filter filter--active" : "filter"}>
      <details ref={details} class="filter__details" name="filter">
        <summary>{label}</summary>
        <div class="filter__panel">{children}</div>
      </details>
      {clear && (
        <a class="filter__clear" href={clear.href} onClick={clear.onClick} aria-label={clear.label}>
          <span aria-hidden="true">×</span>
        </a>
      )}
    </div>
  );
}

function closePanels(): void {
  for (const details of document.querySelectorAll<HTMLDetailsElement>(".filter__details[open]")) details.open = false;
}

interface CustomRangeProps {
  range: { from: string; to: string } | null;
  onChoose(range: { from: string; to: string }): void;
}

function CustomRange({ range, onChoose }: CustomRangeProps) {
  const [error, setError] = useState("");
  const submit = (event: Event) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const [from, to] = [String(form.get("from")), String(form.get("to"))];
    if (from > to) return setError("The first day is after the last one");
    setError("");
    closePanels();
    onChoose({ from, to });
  };
  return (
    <form class="custom-range" onSubmit={submit}>
      <label>
        From <input type="date" name="from" required defaultValue={range?.from} />
      </label>
      <label>
        To <input type="date" name="to" required defaultValue={range?.to} />
      </label>
      <button type="submit" class="button button--quiet">Show these days</button>
      {error && <p class="field-error" role="alert">{error}</p>}
    </form>
  );
}

interface ValuePickerProps {
  dataset: string;
  column: string;
  title: string;
  chosen: string[];
  locale: string;
  onChoose(values: string[]): void;
}

/** Values of a dimension with the most rows first; typing searches all of them. */
function ValuePicker({ dataset, column, title, chosen, locale, onChoose }: ValuePickerProps) {
  const [values, setValues] = useState<string[]>(chosen);
  const [search, setSearch] = useState("");
  const [state, setState] = useState<"waiting" | "ready" | "failed">("waiting");
  const root = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const details = root.current!.closest("details")!;
    const abort = new AbortController();
    const load = async () => {
      if (!details.open) return;
      const query = new URLSearchParams({ column, search });
      try {
        const response = await fetch(`/api/datasets/${dataset}/values?${query}`, { signal: abort.signal });
        if (!response.ok) throw new Error(`status ${response.status}`);
        setValues((await response.json() as { values: string[] }).values);
        setState("ready");
      } catch {
        if (!abort.signal.aborted) setState("failed"); // shown in the panel, with the chosen values still there
      }
    };
    const wait = setTimeout(load, search ? 150 : 0);
    details.addEventListener("toggle", load);
    return () => {
      clearTimeout(wait);
      details.removeEventListener("toggle", load);
      abort.abort();
    };
  }, [search]);
  const listed = [...chosen.filter((value) => !search && !values.includes(value)), ...values];
  const toggle = (value: string) => {
    onChoose(chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value]);
  };
  return (
    <form ref={root} class="value-picker" onSubmit={(event) => event.preventDefault()}>
      <input
        type="search"
        aria-label={`Search ${title}`}
        placeholder={`Search ${title.toLowerCase()}`}
        onInput={(event) => setSearch(event.currentTarget.value)}
      />
      {state === "failed" && (
        <p class="field-error" role="alert">The values could not be loaded; close and open again</p>
      )}
      {state === "ready" && listed.length === 0 && <p class="muted">Nothing found</p>}
      <ul class="check-list">
        {listed.map((value) => (
          <li key={value}>
            <label>
              <input type="checkbox" checked={chosen.includes(value)} onChange={() => toggle(value)} />
              <span>{valueLabel(column, value, locale)}</span>
            </label>
          </li>
        ))}
      </ul>
    </form>
  );
}
