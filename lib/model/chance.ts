/** From a band to a chance. Pure. */

/** An expected value with its bands. */
export interface Banded {
  value: number;
  lower80: number;
  upper80: number;
  lower95: number;
  upper95: number;
}

/** How many standard deviations the ends of the bands lie away, were errors normal. */
const [END80, END95] = [1.2815515655446004, 1.959963984540054];

/**
 * The chance that at least so much comes, 0 to 1: half at the expected value, one in ten and one in forty at the upper
 * ends of the bands, between and beyond them along the bell curve.
 */
export function chanceOfAtLeast({ value, lower80, upper80, lower95, upper95 }: Banded, target: number): number {
  if (target === value) return 0.5;
  const above = target > value;
  const [end80, end95] = above ? [upper80 - value, upper95 - value] : [value - lower80, value - lower95];
  const away = deviations(Math.abs(target - value), end80, end95);
  return above ? 1 - bell(away) : bell(away);
}

function deviations(distance: number, end80: number, end95: number): number {
  if (distance <= end80) return END80 * distance / end80;
  const slope = (END95 - END80) / (end95 - end80); // infinite where the bands end at one place: nothing lies beyond
  return Number.isFinite(slope) ? END80 + (distance - end80) * slope : Infinity;
}

/** The share of a normal distribution below so many standard deviations, 0 or more (Abramowitz and Stegun 26.2.17). */
function bell(deviations: number): number {
  if (!Number.isFinite(deviations)) return 1;
  const t = 1 / (1 + 0.2316419 * deviations);
  const tail = Math.exp(-deviations * deviations / 2) / Math.sqrt(2 * Math.PI) *
    t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return 1 - tail;
}
