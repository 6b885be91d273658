/** How names of a dataset are taken apart: the patterns work on the user's own names while they are typed. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { joinLists } from "@/components/rules/join_lists.ts";
import { NamesTable } from "@/components/rules/NamesTable.tsx";
import { Overtaken } from "@/components/rules/Overtaken.tsx";
import { PATTERN_EXAMPLE, PatternRow } from "@/components/rules/PatternRow.tsx";
import { saveDefinition } from "@/components/rules/save.ts";
import type { Taxonomy } from "@/lib/model/mod.ts";
import { readTaxonomy } from "@/lib/model/taxonomy_pattern.ts";

/** What the page hands over; JSON only. */
export interface TaxonomyEditorProps {
  dataset: string;
  /** Text columns whose names may be taken apart. */
  columns: { name: string; title: string }[];
  taxonomies: Taxonomy[];
  /** Their version: saving over another one is refused. */
  version: string;
  /** Names by column, as far as they are known: those with most rows first. */
  names: Record<string, string[]>;
}

/** As many as a dataset may have. */
const MOST = 10;

export default function TaxonomyEditor({ dataset, columns, taxonomies, version, names }: TaxonomyEditorProps) {
  const blank = (taken: string[]): Taxonomy => ({ id: freeId(taken), column: columns[0]?.name ?? "", pattern: "" });
  const list = useSignal(taxonomies.length > 0 ? taxonomies : [blank([])]);
  /** What these changes began with. */
  const base = useSignal({ taxonomies, version });
  const theirs = useSignal<{ taxonomies: Taxonomy[]; version: string } | null>(null);
  const looked = useSignal(list.value[0]!.column);
  const known = useSignal(names);
  const state = useSignal<{ busy: boolean; problem?: string; said?: string }>({ busy: false });

  useEffect(() => {
    const wanted = looked.value;
    if (known.value[wanted]) return;
    const path = `/api/datasets/${encodeURIComponent(dataset)}/values?column=${encodeURIComponent(wanted)}`;
    fetch(path).then((response) => response.ok ? response.json() : { values: [] })
      .then(({ values }: { values: string[] }) => known.value = { ...known.value, [wanted]: values })
      .catch(() => state.value = { busy: false, problem: "The names cannot be read: the server cannot be reached" });
  }, [looked.value]);

  function change(next: Taxonomy[]): void {
    list.value = next.length > 0 ? next : [blank([])];
    state.value = { busy: false };
  }

  async function save(): Promise<void> {
    const part = written(list.value);
    state.value = { busy: true };
    const path = `/api/datasets/${encodeURIComponent(dataset)}/taxonomies`;
    const saved = await saveDefinition(path, { name: "taxonomies", part, version: base.value.version });
    if (saved.at === "failed") return void (state.value = { busy: false, problem: saved.problem });
    if (saved.at === "overtaken") {
      theirs.value = { taxonomies: saved.theirs, version: saved.version };
      return void (state.value = { busy: false });
    }
    base.value = { taxonomies: part, version: saved.version };
    const said = part.length > 0 ? "Saved: the next files are taken apart by it" : "Names are no longer taken apart";
    state.value = { busy: false, said };
  }

  /** Goes on from what somebody else saved, with these patterns in the place of mine. */
  function goOnFrom(other: { taxonomies: Taxonomy[]; version: string }, mine: Taxonomy[]): void {
    base.value = other;
    theirs.value = null;
    change(mine);
  }

  const rows = list.value;
  const { busy, problem, said } = state.value;
  const here = rows.filter(({ column }) => column === looked.value);
  const patterns = here.flatMap(({ pattern }) => {
    const read = readTaxonomy(pattern);
    return "pieces" in read ? [read.pieces] : [];
  });
  const shown = known.value[looked.value] ?? [];
  const isWhole = written(rows).every(({ pattern }) => "pieces" in readTaxonomy(pattern));
  const isChanged = JSON.stringify(written(rows)) !== JSON.stringify(base.value.taxonomies);
  const other = theirs.value;
  const joined = other && joinLists(base.value.taxonomies, written(rows), other.taxonomies);
  const canSave = !busy && isWhole && isChanged;
  return (
    <div class="taxonomy">
      <ol class="patterns">
        {rows.map((taxonomy, at) => (
          <PatternRow
            key={taxonomy.id}
            {...{ taxonomy, columns, place: at + 1, of: rows.length }}
            onLook={() => looked.value = taxonomy.column}
            onChange={(part) => {
              change(rows.map((one) => one === taxonomy ? { ...one, ...part } : one));
              if (part.column) looked.value = part.column;
            }}
            onMove={(by) => change(moved(rows, at, by))}
            onRemove={() => change(rows.filter((one) => one !== taxonomy))}
          />
        ))}
      </ol>
      <p class="field__hint" id="taxonomy-hint">
        Each part in braces becomes a column; after a colon stands what it may be, as in{" "}
        <code>{PATTERN_EXAMPLE}</code>. With several patterns a name goes by the first that it fits.
      </p>
      {patterns.length > 0 && (
        shown.length > 0
          ? <NamesTable names={shown} patterns={patterns} />
          : <p class="quiet">No names to try it on yet.</p>
      )}
      {other && joined && (
        <Overtaken
          joined={joined}
          what="patterns"
          titleOf={({ pattern }) => pattern}
          onJoin={() => {
            goOnFrom(other, joined.list);
            void save();
          }}
          onTake={() => {
            goOnFrom(other, other.taxonomies);
            state.value = { busy: false, said: "Theirs stand here now" };
          }}
        />
      )}
      <div class="rules-editor__end" hidden={other !== null}>
        <button
          type="button"
          class="button button--primary"
          aria-disabled={!canSave}
          onClick={() => canSave && void save()}
        >
          {busy ? "Saving …" : rows.length > 1 ? "Save the patterns" : "Save the pattern"}
        </button>
        {rows.length < MOST && (
          <button
            type="button"
            class="button button--quiet"
            onClick={() => change([...rows, blank(rows.map(({ id }) => id))])}
          >
            Add a pattern
          </button>
        )}
        <p role="status" class="quiet">
          {said ?? (isChanged && !problem ? "Not saved yet" : "")}
          {said && base.value.taxonomies.length > 0 && (
            <>
              .{" "}
              <a href={`/data/datasets/${encodeURIComponent(dataset)}?said=pattern#apart`}>Apply it to what is there</a>
            </>
          )}
        </p>
        {problem && <p class="new-rule__problem" role="alert">{problem}</p>}
      </div>
    </div>
  );
}

/** Lines that nobody filled in are none. */
function written(list: Taxonomy[]): Taxonomy[] {
  return list.filter(({ pattern }) => pattern.trim() !== "").map((one) => ({ ...one, pattern: one.pattern.trim() }));
}

function moved(list: Taxonomy[], from: number, by: number): Taxonomy[] {
  const next = list.toSpliced(from, 1);
  next.splice(from + by, 0, list[from]!);
  return next;
}

function freeId(taken: string[]): string {
  for (let n = 1;; n++) {
    const id = n === 1 ? "names" : `names_${n}`;
    if (!taken.includes(id)) return id;
  }
}
