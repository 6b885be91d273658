import type { RuleAction } from "@/lib/model/mod.ts";
import { ACTION_WORDS, ruleTitle } from "@/lib/model/rule_words.ts";
import type { RuleColumn, ShownRule } from "./editor.ts";

/** One rule with what can be said about it. */
export function RuleRow({ shown: { rule, implied }, columns, onChange, onRemove }: {
  shown: ShownRule;
  columns: RuleColumn[];
  onChange(change: { action?: RuleAction; threshold?: number; off?: boolean }): void;
  onRemove(): void;
}) {
  const title = ruleTitle(rule, { columns });
  const aboutFile = rule.kind === "fresh";
  const actions = (Object.keys(ACTION_WORDS) as RuleAction[]).filter((action) => !(aboutFile && action === "reject"));
  return (
    <tr class={rule.off ? "rules__row rules__row--off" : "rules__row"}>
      <th scope="row">{title}</th>
      <td>
        <select
          class="select select--small"
          aria-label={`${title}: what to do where it is broken`}
          value={rule.action}
          onChange={(event) => onChange({ action: event.currentTarget.value as RuleAction })}
        >
          {actions.map((action) => <option key={action} value={action}>{ACTION_WORDS[action]}</option>)}
        </select>
      </td>
      <td class="number">
        <label class="rules__threshold">
          <span class="quiet">above</span>
          <input
            class="input input--small"
            type="number"
            min={0}
            max={100}
            step="any"
            disabled={aboutFile}
            aria-label={`${title}: percent of the rows that may break it`}
            value={rule.threshold}
            onChange={(event) => onChange({ threshold: Number(event.currentTarget.value) || 0 })}
          />
          <span class="quiet">%</span>
        </label>
      </td>
      <td class="rules__end">
        <label class="rules__on">
          <input
            type="checkbox"
            checked={!rule.off}
            aria-label={`${title}: on`}
            onChange={(event) => onChange({ off: !event.currentTarget.checked })}
          />
          on
        </label>
        {!implied && (
          <button
            type="button"
            class="button button--small button--quiet"
            aria-label={`Remove: ${title}`}
            onClick={onRemove}
          >
            Remove
          </button>
        )}
      </td>
    </tr>
  );
}
