/** An editing session: the command log, what is selected, the draft, and publishing. The page draws what its signals say. */
import { signal } from "@preact/signals";
import type { Dashboard, Placement, Tab } from "@/lib/model/mod.ts";
import { commandsBetween } from "@/lib/model/commands_between.ts";
import { mergeCommands } from "@/lib/model/merge_commands.ts";
import { doCommand, redo, startLog, undo } from "@/lib/model/command_log.ts";
import { applyCommand, type DashboardCommand } from "@/lib/model/dashboard_commands.ts";
import { commandWords } from "@/lib/model/command_words.ts";
import { type MetricCommand, metricEffects } from "@/lib/model/metric_commands.ts";
import { sameJson } from "@/lib/model/same_json.ts";
import { openTab, placementsOn } from "@/lib/model/tabs.ts";
import { touchedTab } from "@/lib/model/touched_tab.ts";
import { MetricSettler } from "./settle_metrics.ts";
import { type Draft, type DraftSlot, dropDraft, keepDraft } from "./draft.ts";

/** A dashboard that somebody else saved while this one was edited. */
export interface Theirs {
  dashboard: Dashboard;
  version: number;
}

/** How publishing stands. */
export type PublishState = { at: "idle" } | { at: "busy" } | { at: "failed"; problem: string };

/** One person's work on one dashboard. */
export class EditorSession {
  readonly draft;
  readonly selected = signal<ReadonlySet<string>>(new Set());
  /** Why the next version is published, in the editor's own words. */
  readonly note = signal("");
  readonly publishing = signal<PublishState>({ at: "idle" });
  /** What somebody else saved meanwhile; null while nobody did. */
  readonly theirs = signal<Theirs | null>(null);
  /** The last thing that happened, for readers of the page's text. */
  readonly said = signal("");
  readonly keeps = signal(true);
  /** What undo or redo could not do to the metrics of a dataset, in words. */
  readonly unsettled = signal("");
  /** Told when the metrics of a dataset are others than before. */
  onMetrics: () => Promise<void> = () => Promise.resolve();
  #settler = new MetricSettler();
  #settling: Promise<void> = Promise.resolve();
  /** The tab that is edited, as wanted; the first stands in for one that went. */
  readonly tab;
  /** Whether the layout on phones is edited, not the one on desks. */
  readonly phone = signal(false);
  readonly id: string;
  #lastTyped = 0;

  #slot: DraftSlot;

  constructor(saved: Dashboard, version: number, slot: DraftSlot, tab?: string) {
    this.id = saved.id;
    this.tab = signal(tab);
    this.#slot = slot;
    const kept = slot.draft;
    const mine = kept && !sameJson(kept.log.now, kept.saved);
    const usable = kept && (mine || kept.version === version) ? kept : null;
    this.draft = signal<Draft>(usable ?? { log: startLog(saved), saved, version });
    if (usable && usable.version !== version) this.theirs.value = { dashboard: saved, version };
    if (usable && mine) this.said.value = "Your draft is here as you left it";
  }

  /** The dashboard as it is edited. */
  get now(): Dashboard {
    return this.draft.value.log.now;
  }

  /** The tab that is edited; undefined for a dashboard without tabs. */
  get open(): Tab | undefined {
    return openTab(this.now, this.tab.value);
  }

  /** The tiles of the tab that is edited. */
  get here(): Placement[] {
    return placementsOn(this.now, this.tab.value);
  }

  /** Goes to another tab; what was selected is let go. */
  goTo(tab: string | undefined): void {
    if (this.open?.id !== openTab(this.now, tab)?.id) this.select([]);
    this.tab.value = tab;
  }

  /** Whether there is something to publish. */
  get changed(): boolean {
    return !sameJson(this.now, this.draft.value.saved);
  }

  /** Does something. `typed`: joined with the letters typed just before. */
  do(command: DashboardCommand, { typed = false, say = "" } = {}): void {
    const { log } = this.draft.value;
    const join = typed && Date.now() - this.#lastTyped < 1_500;
    this.#lastTyped = typed ? Date.now() : 0;
    this.said.value = say || commandWords(command, log.now).join(". ");
    this.#keep({ ...this.draft.value, log: doCommand(log, command, { join }) });
  }

  /** Takes the last step back. */
  undo(): void {
    const last = this.draft.value.log.done.at(-1);
    if (!last) return;
    const next = undo(this.draft.value.log);
    this.said.value = `Undone: ${commandWords(last.command, next.now).join(". ")}`;
    this.#lastTyped = 0;
    this.#keep({ ...this.draft.value, log: next });
    this.#follow(last.command);
    this.#settle(metricEffects(last.inverse));
  }

  /** Does again what was taken back. */
  redo(): void {
    const command = this.draft.value.log.undone.at(-1);
    if (!command) return;
    this.said.value = `Done again: ${commandWords(command, this.now).join(". ")}`;
    this.#lastTyped = 0;
    this.#keep({ ...this.draft.value, log: redo(this.draft.value.log) });
    this.#follow(command);
    this.#settle(metricEffects(command));
  }

  /** Makes the draft equal to a document, as one step that can be undone. */
  become(document: Dashboard, words: string): void {
    const commands = commandsBetween(this.now, document);
    if (commands.length > 0) this.do({ type: "batch", words, commands });
  }

  /** Selects tiles, and lets the others go. */
  select(ids: Iterable<string>): void {
    this.selected.value = new Set(ids);
  }

  /** Selects a tile too, or lets it go. */
  toggle(id: string): void {
    const next = new Set(this.selected.value);
    if (!next.delete(id)) next.add(id);
    this.select(next);
  }

  /** The selected placements, in the order of the document. */
  get chosen(): Placement[] {
    return this.now.placements.filter(({ id }) => this.selected.value.has(id));
  }

  /** Saves the draft as the dashboard's next version, with its note. Answers whether it was saved. */
  async publish(): Promise<boolean> {
    const { saved, version } = this.draft.value;
    const sent = this.now;
    this.publishing.value = { at: "busy" };
    try {
      const { saved: _saved, ...body } = sent;
      const response = await fetch(`/api/dashboards/${encodeURIComponent(this.id)}`, {
        method: "PUT",
        headers: { "content-type": "application/json", "if-match": `"${version}"` },
        body: JSON.stringify({ ...body, note: this.note.value.trim() }),
      });
      const answer = await response.json() as Record<string, unknown>;
      if (response.status === 409 && answer.current) {
        this.theirs.value = theirsOf(answer.current as Dashboard);
        this.publishing.value = { at: "idle" };
        return false;
      }
      if (!response.ok) throw new Error(String(answer.detail ?? `the server answered ${response.status}`));
      this.#keep({ log: this.draft.value.log, saved: sent, version: Number(answer.version) });
      this.publishing.value = { at: "idle" };
      this.note.value = "";
      this.said.value = `Published as version ${answer.version}`;
      return true;
    } catch (error) {
      const why = error instanceof TypeError ? "the server cannot be reached" : (error as Error).message;
      this.publishing.value = { at: "failed", problem: `Nothing was published: ${why}. Your draft is kept.` };
      this.#keep({ ...this.draft.value, saved });
      return false;
    }
  }

  /** Hears that a version was saved; where it is somebody else's, fetches it. */
  async heard(version: number): Promise<void> {
    if (version <= this.draft.value.version || this.publishing.value.at === "busy") return;
    const response = await fetch(`/api/dashboards/${encodeURIComponent(this.id)}`);
    if (!response.ok) return;
    const theirs = theirsOf(await response.json() as Dashboard);
    if (theirs.version <= this.draft.value.version) return;
    if (this.changed) this.theirs.value = theirs;
    else this.#take(theirs, theirs.dashboard, `Version ${theirs.version} came in`);
  }

  /** Puts this draft on top of what somebody else saved. */
  merge(): void {
    const theirs = this.theirs.value;
    if (!theirs) return;
    const commands = mergeCommands(this.draft.value.saved, this.now, theirs.dashboard);
    const merged = commands.reduce((doc, command) => applyCommand(doc, command).dashboard, theirs.dashboard);
    this.#take(theirs, merged, `Version ${theirs.version} joined with your draft`);
  }

  /** Gives this draft up for what somebody else saved; undo brings it back. */
  takeTheirs(): void {
    const theirs = this.theirs.value;
    if (theirs) this.#take(theirs, theirs.dashboard, `Version ${theirs.version} taken over`);
  }

  /** Ends the session; the kept draft goes where it says nothing that was not published. */
  close(): void {
    if (!this.changed) dropDraft(this.#slot.key);
    this.#slot.release();
  }

  /** Shows the tab and the layout on which something was taken back or done again: nothing changes out of sight. */
  #follow(command: DashboardCommand): void {
    const tab = touchedTab(command, this.now);
    if (tab !== undefined) this.goTo(tab);
    if (command.type === "phone") this.phone.value = true;
    else if (command.type === "move") this.phone.value = false;
  }

  /** Does to datasets what was undone or done again, one step after another. */
  #settle(effects: MetricCommand[]): void {
    if (effects.length === 0) return;
    this.#settling = this.#settling.then(async () => {
      const problem = await this.#settler.settle(effects);
      this.unsettled.value = problem;
      if (problem) this.said.value = problem;
      await this.onMetrics();
    });
  }

  #take({ dashboard, version }: Theirs, document: Dashboard, words: string): void {
    this.draft.value = { ...this.draft.value, saved: dashboard, version };
    this.theirs.value = null;
    this.become(document, words);
    this.#keep(this.draft.value);
  }

  #keep(draft: Draft): void {
    this.draft.value = draft;
    const known = new Set(draft.log.now.placements.map(({ id }) => id));
    const still = [...this.selected.value].filter((id) => known.has(id));
    if (still.length < this.selected.value.size) this.select(still);
    this.keeps.value = keepDraft(this.#slot.key, draft);
  }
}

function theirsOf(document: Dashboard): Theirs {
  const { version, saved: _saved, ...dashboard } = document as Dashboard & { version: number };
  return { dashboard: dashboard as Dashboard, version };
}
