/** What a dashboard or one of its tabs filters by for everybody, and what a visitor sees at first. */
import { COMPARE_CHOICES } from "@/components/dashboard/range_presets.ts";
import { FilterField } from "@/components/form/FilterField.tsx";
import type { FormDataset } from "@/components/form/json_schema.ts";
import { PickField, PickManyField } from "@/components/form/pick_fields.tsx";
import { RangeField } from "@/components/form/RangeField.tsx";
import type { Dashboard, Filter, Tab } from "@/lib/model/mod.ts";
import type { EditorSession } from "./editor_session.ts";
import { isTypingNow } from "./editor_keys.ts";

/** What the fields need. */
export interface PageFilterFieldsProps {
  session: EditorSession;
  datasets: FormDataset[];
  locale: string;
}

/** The filters of a tab. */
export function TabFilterField({ session, datasets, locale, tab }: PageFilterFieldsProps & { tab: Tab }) {
  return (
    <FilterField
      id="tab-filters"
      label="Filter of this tab"
      help="For every tile on it"
      value={tab.filters}
      dataset={barDataset(session, datasets)}
      locale={locale}
      onChange={(filters) =>
        session.do({ type: "change-tab", id: tab.id, ...fieldChange("filters", filters) }, { typed: isTypingNow() })}
    />
  );
}

/** The filters of the whole dashboard, its days and comparison at first, and what the filter bar offers. */
export function BoardFilterFields({ session, datasets, locale }: PageFilterFieldsProps) {
  const { filters, defaults, filterBar } = session.now;
  const set = (change: Partial<Dashboard>) =>
    session.do({ type: "set", set: change, unset: [] }, { typed: isTypingNow() });
  const atFirst = (name: "range" | "compare", value: unknown) => {
    const { [name]: _old, ...rest } = defaults;
    set({ defaults: (value === undefined ? rest : { ...rest, [name]: value }) as Dashboard["defaults"] });
  };
  const dataset = barDataset(session, datasets);
  const dimensions = (dataset?.columns ?? []).filter(({ role }) => role === "dimension");
  return (
    <>
      <RangeField
        id="board-range"
        label="Days at first"
        none="Last 28 days"
        value={defaults.range}
        onChange={(range) => atFirst("range", range)}
      />
      <PickField
        id="board-compare"
        label="Compared at first with"
        value={defaults.compare ?? "previous-period"}
        choices={COMPARE_CHOICES.map(({ title, compare }) => ({ value: compare, title }))}
        onChange={(compare) => atFirst("compare", compare)}
      />
      <PickManyField
        id="board-dimensions"
        label="Filters to choose from"
        most={12}
        value={filterBar.dimensions}
        choices={dimensions.map(({ name, title }) => ({ value: name, title }))}
        onChange={(dimensions) => set({ filterBar: { ...filterBar, dimensions } })}
      />
      <FilterField
        id="board-filters"
        label="Filter of the dashboard"
        help="For every tile of it"
        value={filters}
        dataset={dataset}
        locale={locale}
        onChange={(next: Filter | undefined) =>
          session.do({ type: "set", ...fieldChange("filters", next) }, { typed: isTypingNow() })}
      />
    </>
  );
}

function barDataset({ now }: EditorSession, datasets: FormDataset[]): FormDataset | undefined {
  return datasets.find(({ id }) => id === now.filterBar.dataset) ?? datasets[0];
}

function fieldChange(name: string, value: unknown): { set: Record<string, unknown>; unset: string[] } {
  return value === undefined ? { set: {}, unset: [name] } : { set: { [name]: value }, unset: [] };
}
