import type { AccuracyScore } from "@/lib/model/mod.ts";

/** Pixels of the plot, and the shares at its edges. */
const [SIZE, MARGIN, LOWEST] = [240, 40, 0.5];

/** What bands promised against what they held: points on the line are honest bands, below it bands that are too narrow. */
export function CalibrationPlot({ groups }: { groups: (AccuracyScore & { title: string })[] }) {
  const place = (share: number) => (Math.max(LOWEST, share) - LOWEST) / (1 - LOWEST) * SIZE;
  const x = (share: number) => MARGIN + place(share);
  const y = (share: number) => SIZE + 8 - place(share);
  const ticks = [0.5, 0.6, 0.7, 0.8, 0.9, 1];
  return (
    <svg
      class="calibration"
      viewBox={`0 0 ${SIZE + MARGIN + 24} ${SIZE + MARGIN + 8}`}
      role="img"
      aria-label={`Share inside the 80 and 95 percent bands: ${
        groups.map(({ title, inside80, inside95 }) => `${title} ${percent(inside80)} and ${percent(inside95)}`).join(
          "; ",
        )
      }`}
    >
      {ticks.map((tick) => (
        <g key={tick}>
          <line class="calibration__grid" x1={x(LOWEST)} x2={x(1)} y1={y(tick)} y2={y(tick)} />
          <text class="calibration__tick" x={MARGIN - 6} y={y(tick) + 4} text-anchor="end">{percent(tick)}</text>
          <text class="calibration__tick" x={x(tick)} y={SIZE + 26} text-anchor="middle">{percent(tick)}</text>
        </g>
      ))}
      <line class="calibration__line" x1={x(LOWEST)} y1={y(LOWEST)} x2={x(1)} y2={y(1)} />
      {groups.map(({ title, inside80, inside95 }, index) => (
        <g key={title} class={`fill--${index + 1}`}>
          <circle cx={x(0.8)} cy={y(inside80)} r={5} />
          <circle cx={x(0.95)} cy={y(inside95)} r={5} />
        </g>
      ))}
    </svg>
  );
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
