import { createContext } from "preact";

/**
 * Whether charts stand where neither keys nor screen readers come, as in an editor's tiles: they need no table of their
 * values then, which may have hundreds of rows, and nothing to go through them with keys.
 */
export const Inert = createContext(false);
