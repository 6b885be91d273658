/** One figure: what it is, the number, and what it is held against. */
export interface Figure {
  name: string;
  value: string;
  note?: string;
  /** Every digit, on hover. */
  exact?: string;
}

/** A few figures side by side, each with its name over it. */
export function Figures({ figures }: { figures: Figure[] }) {
  return (
    <dl class="figures">
      {figures.map(({ name, value, note, exact }) => (
        <div class="figures__one" key={name}>
          <dt>{name}</dt>
          <dd class="figures__value" title={exact}>{value}</dd>
          {note && <dd class="figures__note">{note}</dd>}
        </div>
      ))}
    </dl>
  );
}
