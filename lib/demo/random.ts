/**
 * Random numbers that can be asked for again: a source is named by words (`seed`, campaign, day), and the same words give
 * the same numbers on every machine and in every order of asking.
 *
 * The words are hashed to 32 bits (FNV-1a, then the finaliser of MurmurHash3); from there an additive counter goes through
 * the same finaliser (SplitMix, in 32 bits). Good enough for data that should look real; never for secrets.
 */
export interface Random {
  /** At least 0, below 1. */
  uniform(): number;
  /** About normal, mean 0 and deviation 1, never beyond ±4.6. */
  normal(): number;
  /** A factor around 1: `exp(spread × normal)`. */
  factor(spread: number): number;
}

/** The source that these words name. */
export function randomOf(...words: (string | number)[]): Random {
  let state = hash(words.join("\u0000"));
  const uniform = () => {
    state = (state + 0x9e3779b9) >>> 0;
    return mix(state) / 2 ** 32;
  };
  // Seven uniforms added up: their deviation is the square root of 7/12.
  const normal = () => {
    let sum = -3.5;
    for (let i = 0; i < 7; i++) sum += uniform();
    return sum / Math.sqrt(7 / 12);
  };
  return { uniform, normal, factor: (spread) => Math.exp(spread * normal()) };
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return mix(value >>> 0);
}

function mix(value: number): number {
  let x = value;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}
