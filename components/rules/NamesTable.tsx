import { splitName, type TaxonomyPiece } from "@/lib/model/taxonomy_pattern.ts";
import { ScrollTable } from "../ScrollTable.tsx";

/** Names taken apart by a pattern, and those that break it, first. */
export function NamesTable({ names, pieces }: { names: string[]; pieces: TaxonomyPiece[] }) {
  const parts = pieces.flatMap((piece) => "name" in piece ? [piece.name] : []);
  const split = names.map((name) => ({ name, split: splitName(pieces, name) }));
  const misfits = split.filter(({ split }) => "fault" in split);
  const shown = [...misfits.slice(0, 40), ...split.filter(({ split }) => "parts" in split).slice(0, 20)];
  return (
    <>
      <p role="status">
        <strong>{names.length - misfits.length} of {names.length}</strong> names fit
        {misfits.length > 0 && (
          <>
            ; <strong>{misfits.length}</strong> break the pattern
          </>
        )}
      </p>
      <ScrollTable label="Names taken apart" columns={["Name", ...parts]}>
        {shown.map(({ name, split }) => (
          <tr key={name}>
            <th scope="row" class="table__subject">{name}</th>
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
    </>
  );
}
