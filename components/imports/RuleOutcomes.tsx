import type { RuleOutcome } from "@/lib/model/mod.ts";

const RESULTS: Record<RuleOutcome["result"], { word: string; tone: string }> = {
  kept: { word: "Kept", tone: " chip--good" },
  flagged: { word: "Flagged", tone: " chip--warn" },
  tolerated: { word: "Tolerated", tone: "" },
  rejected: { word: "Set aside", tone: " chip--warn" },
  failed: { word: "Refused the file", tone: " chip--bad" },
  "not-checked": { word: "Not checked", tone: "" },
};

/** What refuses or changes most stands first. */
const ORDER: RuleOutcome["result"][] = ["failed", "rejected", "flagged", "tolerated", "not-checked", "kept"];

/** What came of the rules of each dataset that the file's rows go to, those that were broken first. */
export function RuleOutcomes({ rules, titles, path, locale }: {
  rules: RuleOutcome[];
  /** Titles of datasets by id. */
  titles: Record<string, string>;
  /** The import's page: rows that were flagged or set aside are listed below it. */
  path: string;
  locale: string;
}) {
  const groups = [...Map.groupBy(rules, ({ dataset }) => dataset ?? "")];
  return (
    <section class="card">
      <header class="card__head">
        <h2>Rules</h2>
        <span class="card__note">what rows were held against</span>
      </header>
      {groups.map(([dataset, own]) => {
        const of = groups.length > 1 ? titles[dataset] ?? dataset : null;
        return <Outcomes key={dataset} {...{ rules: own, of, path, locale }} />;
      })}
    </section>
  );
}

function Outcomes({ rules, of, path, locale }: {
  rules: RuleOutcome[];
  of: string | null;
  path: string;
  locale: string;
}) {
  const number = new Intl.NumberFormat(locale);
  const sorted = rules.toSorted((a, b) => ORDER.indexOf(a.result) - ORDER.indexOf(b.result));
  return (
    <table class="table">
      {of ? <caption>{of}</caption> : <caption class="visually-hidden">Rules and what came of them</caption>}
      <tbody>
        {sorted.map(({ rule, kind, title, result, broken, note }) => (
          <tr key={rule}>
            <th scope="row">
              {title}
              {note && <span class="table__aside">{note}</span>}
            </th>
            <td class="number">
              {broken > 0 && <Broken count={number.format(broken)} kind={kind} result={result} path={path} />}
            </td>
            <td class="number">
              <span class={`chip${RESULTS[result].tone}`}>{RESULTS[result].word}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** How often a rule was broken, and the way to the rows. Rules about whole files have none to list. */
function Broken({ count, kind, result, path }: Pick<RuleOutcome, "kind" | "result"> & { count: string; path: string }) {
  if (kind === "usual" || kind === "fresh") return <>{count}</>;
  const list = result === "rejected" ? "rejected" : "flagged";
  return <a href={`${path}/${list}`} aria-label={`${count} rows: see them`}>{count}</a>;
}
