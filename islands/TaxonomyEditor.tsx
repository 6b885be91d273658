/** How names of a dataset are taken apart: the pattern works on the user's own names while it is typed. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { NamesTable } from "@/components/rules/NamesTable.tsx";
import { saveDefinition } from "@/components/rules/save.ts";
import type { Taxonomy } from "@/lib/model/mod.ts";
import { readTaxonomy } from "@/lib/model/taxonomy_pattern.ts";

/** What the page hands over; JSON only. */
export interface TaxonomyEditorProps {
  dataset: string;
  /** Text columns whose names may be taken apart. */
  columns: { name: string; title: string }[];
  taxonomies: Taxonomy[];
  /** Names of the first pattern's column, those with most rows first. */
  names: string[];
}

const EXAMPLE = "{brand}_{country:us|de|uk}_{channel}_{quarter}";

export default function TaxonomyEditor({ dataset, columns, taxonomies, names }: TaxonomyEditorProps) {
  const [first] = taxonomies;
  const start = first?.column ?? columns[0]?.name ?? "";
  const column = useSignal(start);
  const pattern = useSignal(first?.pattern ?? "");
  const known = useSignal<Record<string, string[]>>({ [start]: names });
  const state = useSignal<{ busy: boolean; problem?: string; said?: string }>({ busy: false });

  useEffect(() => {
    const wanted = column.value;
    if (known.value[wanted]) return;
    const path = `/api/datasets/${encodeURIComponent(dataset)}/values?column=${encodeURIComponent(wanted)}`;
    fetch(path).then((response) => response.ok ? response.json() : { values: [] })
      .then(({ values }: { values: string[] }) => known.value = { ...known.value, [wanted]: values })
      .catch(() => state.value = { busy: false, problem: "The names cannot be read: the server cannot be reached" });
  }, [column.value]);

  async function save(patterns: Taxonomy[], said: string): Promise<void> {
    state.value = { busy: true };
    const path = `/api/datasets/${encodeURIComponent(dataset)}/taxonomies`;
    const problem = await saveDefinition(path, { taxonomies: patterns });
    state.value = problem ? { busy: false, problem } : { busy: false, said };
  }

  const read = pattern.value.trim() === "" ? null : readTaxonomy(pattern.value);
  const others = taxonomies.slice(1);
  const { busy, problem, said } = state.value;
  return (
    <div class="taxonomy">
      <div class="new-rule__fields">
        <label class="field">
          <span class="field__label">Names of</span>
          <select class="select" value={column.value} onChange={(event) => column.value = event.currentTarget.value}>
            {columns.map(({ name, title }) => <option key={name} value={name}>{title}</option>)}
          </select>
        </label>
        <label class="field taxonomy__pattern">
          <span class="field__label">Pattern</span>
          <input
            class="input mono"
            type="text"
            spellcheck={false}
            autocomplete="off"
            placeholder={EXAMPLE}
            value={pattern.value}
            aria-describedby="taxonomy-hint"
            onInput={(event) => {
              pattern.value = event.currentTarget.value;
              state.value = { busy: false };
            }}
          />
        </label>
      </div>
      <p class="field__hint" id="taxonomy-hint">
        Each part in braces becomes a column; after a colon stands what it may be, as in <code>{EXAMPLE}</code>.
      </p>
      {read && "fault" in read && <p class="new-rule__problem">Not a pattern yet: {read.fault}.</p>}
      {read && "pieces" in read && (
        (known.value[column.value] ?? []).length > 0
          ? <NamesTable names={known.value[column.value] ?? []} pieces={read.pieces} />
          : <p class="quiet">No names to try it on yet.</p>
      )}
      <div class="rules-editor__end">
        <button
          type="button"
          class="button button--primary"
          aria-disabled={busy || !read || "fault" in read}
          onClick={() => {
            if (busy || !read || "fault" in read) return;
            const saved = { id: first?.id ?? "names", column: column.value, pattern: pattern.value.trim() };
            void save([saved, ...others], "Saved: the next files are taken apart by it");
          }}
        >
          {busy ? "Saving …" : "Save the pattern"}
        </button>
        {first && (
          <button
            type="button"
            class="button button--quiet"
            onClick={() => void save(others, "Names are no longer taken apart")}
          >
            Stop taking names apart
          </button>
        )}
        <p role="status" class="quiet">{said ?? ""}</p>
        {problem && <p class="new-rule__problem" role="alert">{problem}</p>}
      </div>
    </div>
  );
}
