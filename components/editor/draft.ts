/** Drafts in the browser: what was done to a dashboard and not published outlives a closed tab. */
import type { Dashboard, Placement } from "@/lib/model/mod.ts";
import { newId } from "@/lib/model/new_id.ts";
import { CommandError } from "@/lib/model/dashboard_commands.ts";
import { type CommandLog, readLog, type StoredLog, storeLog } from "@/lib/model/command_log.ts";

/** What is kept of an editing session. */
export interface Draft {
  log: CommandLog;
  /** What was saved last, and its version: what the draft is an edit of. */
  saved: Dashboard;
  version: number;
}

const draftPrefix = (id: string) => `tessera-draft:${id}:`;
const COPIED_KEY = "tessera-copied-tiles";

/** A place for a draft that one open editor has for itself; two tabs never write into one. */
export interface DraftSlot {
  key: string;
  /** What was left there, or null. */
  draft: Draft | null;
  /** Lets another editor have it. */
  release(): void;
}

/** Takes the newest draft that no open editor has, or a new place. */
export async function claimDraft(id: string): Promise<DraftSlot> {
  for (const key of keysOf(draftPrefix(id)).sort().reverse()) {
    const release = await lock(key);
    if (release) return { key, draft: readDraft(key), release };
  }
  const key = draftPrefix(id) + newId();
  return { key, draft: null, release: await lock(key) ?? (() => {}) };
}

/** Keeps a draft. Answers false where the browser refuses (full, or switched off): the page says so. */
export function keepDraft(key: string, { log, saved, version }: Draft): boolean {
  return store(key, JSON.stringify({ log: storeLog(log), saved, version }));
}

/** The draft at a place, or null; one that cannot be read is none. */
function readDraft(key: string): Draft | null {
  const text = read(key);
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
export function dropDraft(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error; // no storage, no draft
  }
}

/**
 * Holds a name until it is released or the page is gone, however it goes. Null where another page holds it. Without
 * https, and not on this machine, browsers have no locks: there every editor gets what it asks for.
 */
async function lock(name: string): Promise<(() => void) | null> {
  if (!("locks" in navigator)) return () => {};
  return await new Promise((resolve) => {
    void navigator.locks.request(name, { ifAvailable: true }, (held) => {
      if (!held) return resolve(null);
      return new Promise<void>((release) => resolve(release));
    });
  });
}

function keysOf(prefix: string): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch (error) {
    if (error instanceof DOMException) return [];
    throw error;
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
