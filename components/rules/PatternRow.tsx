import type { Taxonomy } from "@/lib/model/mod.ts";
import { readTaxonomy } from "@/lib/model/taxonomy_pattern.ts";
import { Icon } from "../Icon.tsx";

/** What a pattern may look like. */
export const PATTERN_EXAMPLE = "{brand}_{country:us|de|uk}_{channel}_{quarter}";

/** One pattern of the list: whose names, how they are read, and its place among the others. */
export function PatternRow({ taxonomy, place, of, columns, onChange, onMove, onRemove, onLook }: {
  taxonomy: Taxonomy;
  /** Its place among all, from 1. */
  place: number;
  of: number;
  columns: { name: string; title: string }[];
  onChange(change: Partial<Pick<Taxonomy, "column" | "pattern">>): void;
  onMove(by: -1 | 1): void;
  onRemove(): void;
  /** Its names are to be shown. */
  onLook(): void;
}) {
  const { column, pattern } = taxonomy;
  const name = of > 1 ? `Pattern ${place}` : "Pattern";
  const read = pattern.trim() === "" ? null : readTaxonomy(pattern);
  const fault = read && "fault" in read ? read.fault : null;
  return (
    <li class="pattern" onFocusCapture={onLook}>
      <label class="field">
        <span class="field__label">Names of{of > 1 && <span class="visually-hidden">, pattern {place}</span>}</span>
        <select class="select" value={column} onChange={(event) => onChange({ column: event.currentTarget.value })}>
          {columns.map(({ name, title }) => <option key={name} value={name}>{title}</option>)}
        </select>
      </label>
      <label class="field pattern__text">
        <span class="field__label">{name}</span>
        <input
          class="input mono"
          type="text"
          spellcheck={false}
          autocomplete="off"
          placeholder={PATTERN_EXAMPLE}
          value={pattern}
          aria-invalid={fault !== null}
          aria-describedby={fault ? `${taxonomy.id}-fault` : "taxonomy-hint"}
          onInput={(event) => onChange({ pattern: event.currentTarget.value })}
        />
      </label>
      <div class="pattern__buttons">
        {of > 1 && (
          <>
            <Button icon="up" label={`Try ${name} earlier`} off={place === 1} onClick={() => onMove(-1)} />
            <Button icon="down" label={`Try ${name} later`} off={place === of} onClick={() => onMove(1)} />
          </>
        )}
        <Button icon="cross" label={`Remove ${name}`} onClick={onRemove} />
      </div>
      {fault && <p class="new-rule__problem pattern__fault" id={`${taxonomy.id}-fault`}>Not a pattern yet: {fault}.</p>}
    </li>
  );
}

function Button({ icon, label, off = false, onClick }: {
  icon: "up" | "down" | "cross";
  label: string;
  off?: boolean;
  onClick(): void;
}) {
  return (
    <button
      class="button button--quiet button--small"
      type="button"
      aria-label={label}
      title={label}
      disabled={off}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}
