import type { FilledTemplate, Missing } from "@/lib/dashboard/mod.ts";
import { BoardPicture } from "./BoardPicture.tsx";

/** A goal to start a dashboard from: its layout, what it is for, what it would show, and what is missing for the rest. */
export function TemplateCard({ filled }: { filled: FilledTemplate }) {
  const { template, dashboard, missing, datasets } = filled;
  const tiles = dashboard.placements.length;
  const heading = `template-${template.id}`;
  return (
    <article class="card board" aria-labelledby={heading}>
      <BoardPicture placements={dashboard.placements} />
      <div class="template__words">
        <h3 class="board__title" id={heading}>{template.title}</h3>
        <p class="template__goal">{template.goal}.</p>
        <p class="board__note">
          {tiles} {tiles === 1 ? "tile" : "tiles"}
          {datasets.length > 0 && ` from ${list(datasets)}`}
        </p>
      </div>
      <MissingWords missing={missing} empty={datasets.length === 0} />
      <form class="template__start" method="post" action="/dashboards/new">
        <input type="hidden" name="template" value={template.id} />
        <button class="button" type="submit" aria-describedby={heading}>Start from this</button>
      </form>
    </article>
  );
}

/** What is missing, by dataset: the words of the columns, and the tiles that are left out or show less. */
function MissingWords({ missing, empty }: { missing: Missing[]; empty: boolean }) {
  if (missing.length === 0) return <p class="template__missing">Everything it needs is there.</p>;
  const byDataset = Map.groupBy(missing, ({ dataset }) => dataset.id);
  return (
    <ul class="template__missing">
      {[...byDataset].map(([id, group]) => {
        const { dataset, filled } = group[0]!;
        const names = list(group.map(({ title }) => title));
        const tiles = list([...new Set(group.flatMap((one) => one.tiles))]);
        return (
          <li key={id}>
            <span class="dot dot--warn" aria-hidden="true" />
            <span>
              {filled ? `${dataset.title} has no values for ${names}.` : (
                <>
                  No rows in {dataset.title} yet, which would bring {names}.{" "}
                  <a href={`/data/import?dataset=${id}`}>Import a file</a>
                </>
              )} {!empty && <span class="template__left">Left out or shorter: {tiles}.</span>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** More would hide what matters. */
const NAMES = 6;

function list(all: string[]): string {
  const names = all.length <= NAMES ? all : [...all.slice(0, NAMES - 1), `${all.length - NAMES + 1} more`];
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
