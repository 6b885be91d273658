// Stand-ins for values that JSON lacks. They can't be taken for references, which are never negative.

/** Stands for `undefined`. */
export const UNDEFINED = -1;
/** Stands for `null`, which needs no entry of its own. */
export const NULL = -2;
/** Stands for `NaN`. */
export const NAN = -3;
/** Stands for `Infinity`. */
export const INFINITY_POS = -4;
/** Stands for `-Infinity`. */
export const INFINITY_NEG = -5;
/** Stands for `-0`. */
export const ZERO_NEG = -6;
/** Stands for a place in an array that was never filled. */
export const HOLE = -7;
