import { Notice } from "../Notice.tsx";
import type { JoinedList } from "./join_lists.ts";

/** Says that somebody else saved first, what they did, and how to go on. Nothing of either is lost. */
export function Overtaken<One>({ joined, what, titleOf, onJoin, onTake }: {
  joined: JoinedList<One>;
  /** What was saved: rules, patterns. */
  what: string;
  titleOf(one: One): string;
  onJoin(): void;
  onTake(): void;
}) {
  const { added, changed, removed } = joined.theirs;
  const lines = [["Added", added], ["Changed", changed], ["Removed", removed]] as const;
  return (
    <Notice
      tone="warn"
      title={`Somebody else saved ${what} while you were at it`}
      text="What you did is still here, and not saved yet. They did this:"
    >
      <ul class="overtaken">
        {lines.flatMap(([word, list]) =>
          list.map((one) => (
            <li key={`${word} ${titleOf(one)}`}>
              {word}: <strong>{titleOf(one)}</strong>
            </li>
          ))
        )}
        {lines.every(([, list]) => list.length === 0) && <li>Put them in another order</li>}
      </ul>
      {joined.both.length > 0 && (
        <p>
          Both of you changed {joined.both.map(titleOf).join(", ")}: joined, yours stands there.
        </p>
      )}
      <div class="notice__actions">
        <button type="button" class="button button--primary" onClick={onJoin}>Join both and save</button>
        <button type="button" class="button" onClick={onTake}>Take theirs, drop mine</button>
      </div>
    </Notice>
  );
}
