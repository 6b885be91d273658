/** Drafts in the browser: what was done to a dashboard and not published outlives a closed tab. */
import type { Dashboard, Placement } from "@/lib/model/mod.ts";
import { CommandError } from "@/lib/model/dashboard_commands.ts";
import { type CommandLog, readLog, type StoredLog, storeLog } from "@/lib/model/command_log.ts";

/** What is kept of an editing session. */
export interface Draft {
  log: CommandLog;
  /** What was saved last, and its version: what the draft is an edit of. */
  saved: Dashboard;
  version: number;
}

const draftKey = (id: string) => `tessera-draft:${id}`;
const COPIED_KEY = "tessera-copied-tiles";

/** Keeps a draft. Answers false where the browser refuses (full, or switched off): the page says so. */
export function keepDraft(id: string, { log, saved, version }: Draft): boolean {
  return store(draftKey(id), JSON.stringify({ log: storeLog(log), saved, version }));
}

/** The kept draft, or null; one that cannot be read is none. */
export function readDraft(id: string): Draft | null {
  const text = read(draftKey(id));
  if (text === null) return null;
  try {
    const { log, saved, version } = JSON.parse(text) as { log: StoredLog; saved: Dashboard; version: number };
    return { log: readLog(log), saved, version };
  } catch (error) {
    // Written by another version of this page, or cut off: there is nothing in it that could be shown.
    if (error instanceof CommandError || error instanceof SyntaxError || error instanceof TypeError) return null;
    throw error;
  }
}

/** Lets a draft go. */
export function dropDraft(id: string): void {
  try {
    localStorage.removeItem(draftKey(id));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error; // no storage, no draft
  }
}

/** Keeps copied tiles, so that another dashboard, in another tab too, can paste them. */
export function keepCopied(placements: Placement[]): boolean {
  return store(COPIED_KEY, JSON.stringify(placements));
}

/** The tiles that were copied last. */
export function readCopied(): Placement[] {
  const text = read(COPIED_KEY);
  return text === null ? [] : JSON.parse(text) as Placement[];
}

function store(key: string, text: string): boolean {
  try {
    localStorage.setItem(key, text);
    return true;
  } catch (error) {
    if (error instanceof DOMException) return false;
    throw error;
  }
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}
