import { formatRange } from "@/lib/format/mod.ts";
import type { DayChanges } from "@/lib/ingest/day_changes.ts";
import type { ImportJob } from "@/lib/model/mod.ts";
import { ChangesTable } from "./ChangesTable.tsx";
import { CleaningForm } from "./CleaningForm.tsx";
import { ColumnFindings } from "./ColumnFindings.tsx";
import { columnFindings } from "./column_findings.ts";
import { CountsTable } from "./CountsTable.tsx";
import { DayChangesTable } from "./DayChangesTable.tsx";
import { FileLines, headerLines } from "./FileLines.tsx";
import { Found } from "./Found.tsx";
import { foundGroups } from "./found_groups.ts";
import { PartCards } from "./PartCards.tsx";
import { PartsTable } from "./PartsTable.tsx";
import { RuleOutcomes } from "./RuleOutcomes.tsx";
import { SampleTable } from "./SampleTable.tsx";

/** What an import found, how it reads the file, and what it changes, or would change. */
export function ImportReview({ job, parts, lines, days, past, titles, action, locale }: {
  job: ImportJob;
  /** The import's parts, their levels in words. */
  parts: ImportJob["parts"];
  /** The file's first lines. */
  lines: string[];
  days: DayChanges[];
  /** Where the numbers stand as they were after this import. */
  past: { href: string; title: string } | null;
  titles: Record<string, string>;
  action: string;
  locale: string;
}) {
  const groups = foundGroups(job.findings, daysOf(parts, locale));
  const columns = columnFindings(job.findings);
  const header = job.findings.flatMap(({ topic, finding }) => topic === "header" ? headerLines(finding) : []);
  const heads = job.heads.length > 0 || lines.length === 0
    ? job.heads
    : [{ entry: null, header, lines: lines.map((text, i) => ({ line: i + 1, text })) }];
  const several = parts.length > 1;
  const isOver = job.state === "published" || job.state === "rolled-back";
  return (
    <>
      <div class={heads.length > 0 ? "columns columns--wide-left" : "stack"}>
        {groups.length > 0 && (
          <section class="card">
            <header class="card__head">
              <h2>What we found</h2>
              <span class="card__note">open a line to see what decided it</span>
            </header>
            <Found groups={groups} locale={locale} />
          </section>
        )}
        {heads.length > 0 && <FileLines heads={heads} />}
      </div>
      {several && <PartCards parts={parts} titles={titles} locale={locale} />}
      <div class="columns columns--wide-left">
        <div class="stack">
          {job.sample && !several && job.sample.rows.length > 0 && (
            <section class="card">
              <header class="card__head">
                <h2>{isOver ? "As it was read" : "As it will be read"}</h2>
                <span class="card__note">first rows, with what the file has there below</span>
              </header>
              <SampleTable sample={job.sample} locale={locale} />
            </section>
          )}
          {columns.length > 0 && <ColumnFindings columns={columns} />}
          {job.cleaning.length > 0 && (
            <CleaningForm steps={job.cleaning} state={job.state} action={action} locale={locale} />
          )}
        </div>
        <div class="stack">
          {job.counts.read > 0 && job.state !== "duplicate" && (
            <section class="card">
              <header class="card__head">
                <h2>
                  {isOver ? "What it changed" : job.state === "ready" ? "What it changes" : "What became of the rows"}
                </h2>
                {job.state === "ready" && <span class="card__note">nothing is changed yet</span>}
              </header>
              <CountsTable counts={job.counts} locale={locale} />
              {job.changes && <ChangesTable changes={job.changes} grain={parts[0]?.grain} locale={locale} />}
            </section>
          )}
          {days.map((changes) =>
            changes.days.length > 0 && (
              <DayChangesTable
                key={changes.dataset}
                changes={changes}
                of={days.length > 1 ? titles[changes.dataset] ?? changes.dataset : null}
                locale={locale}
              />
            )
          )}
          {past && (
            <p class="quiet">
              <a href={past.href}>{past.title}</a>
            </p>
          )}
          {job.rules.length > 0 && <RuleOutcomes rules={job.rules} titles={titles} path={action} locale={locale} />}
          {parts.length > 0 && !several && job.state !== "duplicate" && job.state !== "failed" && (
            <section class="card">
              <header class="card__head">
                <h2>{isOver ? "Where the rows went" : "Where the rows go"}</h2>
              </header>
              <PartsTable parts={parts} titles={titles} locale={locale} />
            </section>
          )}
        </div>
      </div>
    </>
  );
}

/** The days of all parts together, and how they are counted; null where none has any. */
function daysOf(parts: ImportJob["parts"], locale: string): string | null {
  const days = parts.flatMap(({ range }) => range ? [range.from, range.to] : []).sort();
  const [from, to] = [days[0], days.at(-1)];
  if (from === undefined || to === undefined) return null;
  const grains = [...new Set(parts.map(({ grain }) => grain))].filter((grain) => grain !== "range");
  const by = grains.length > 0 ? `, by ${grains.join(" and ")}` : "";
  return `${formatRange(from, to, { locale, year: true })}${by}`;
}
