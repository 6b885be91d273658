/** The languages in which people and platforms write headers: words, never rules. English is what the others lead to. */
import type { Language } from "./language.ts";
import de from "./de.ts";
import en from "./en.ts";
import es from "./es.ts";
import fr from "./fr.ts";
import it from "./it.ts";
import ja from "./ja.ts";
import nl from "./nl.ts";
import pt from "./pt.ts";

export type { Language, LanguageCode } from "./language.ts";

/** Every language that is known, English first. */
export const languages: readonly Language[] = [en, de, fr, es, pt, it, nl, ja];
