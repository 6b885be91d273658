import { splitByFirst, type TaxonomyPiece } from "@/lib/model/taxonomy_pattern.ts";
import { ScrollTable } from "../ScrollTable.tsx";

const SHOWN_MISFITS = 40;
const SHOWN_FITTING = 20;

/** Names taken apart, each by the first pattern that it fits; those that break all of them stand first. */
export function NamesTable({ names, patterns }: { names: string[]; patterns: TaxonomyPiece[][] }) {
  const parts = [...new Set(patterns.flat().flatMap((piece) => "name" in piece ? [piece.name] : []))];
  const several = patterns.length > 1;
  const split = names.map((name) => ({ name, split: splitByFirst(patterns, name) }));
  const misfits = split.filter(({ split }) => "fault" in split);
  const shown = [
    ...misfits.slice(0, SHOWN_MISFITS),
    ...split.filter(({ split }) => "parts" in split).slice(0, SHOWN_FITTING),
  ];
  return (
    <>
      <p role="status">
        <strong>{names.length - misfits.length} of {names.length}</strong> names fit
        {misfits.length > 0 && (
          <>
            ; <strong>{misfits.length}</strong> {several ? "break all patterns" : "break the pattern"}
          </>
        )}
      </p>
      <ScrollTable label="Names taken apart" columns={["Name", ...several ? ["By pattern"] : [], ...parts]}>
        {shown.map(({ name, split }) => (
          <tr key={name}>
            <th scope="row" class="table__subject">{name}</th>
            {several && <td>{"fault" in split ? <span class="quiet">nearest {split.at + 1}</span> : split.at + 1}</td>}
            {"fault" in split
              ? (
                <td colSpan={parts.length}>
                  <span class="chip chip--warn">breaks it</span> {split.fault}
                </td>
              )
              : parts.map((part) => <td key={part}>{split.parts[part]}</td>)}
          </tr>
        ))}
      </ScrollTable>
      {split.length > shown.length && (
        <p class="quiet">
          {misfits.length > SHOWN_MISFITS
            ? `The first ${SHOWN_MISFITS} that break it, and `
            : "All that break it, and "}
          {Math.min(SHOWN_FITTING, names.length - misfits.length)} that fit.
        </p>
      )}
    </>
  );
}
