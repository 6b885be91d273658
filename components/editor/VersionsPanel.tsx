/** The versions of a dashboard at the side: who, when, why, what restoring one would change, and a name for those that matter. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { formatMoment } from "@/lib/format/moment.ts";
import type { VersionSummary } from "@/lib/dashboard/versions.ts";
import { commandsBetween } from "@/lib/model/commands_between.ts";
import { commandWords } from "@/lib/model/command_words.ts";
import type { Dashboard } from "@/lib/model/mod.ts";
import type { EditorSession } from "./editor_session.ts";

/** What the panel needs. */
export interface VersionsPanelProps {
  session: EditorSession;
  locale: string;
  onClose(): void;
}

/** The panel. */
export function VersionsPanel({ session, locale, onClose }: VersionsPanelProps) {
  const versions = useSignal<VersionSummary[] | null>(null);
  const open = useSignal<{ number: number; dashboard: Dashboard } | null>(null);
  const problem = useSignal("");
  const path = `/api/dashboards/${encodeURIComponent(session.id)}/versions`;
  const ask = async <Answer,>(path: string, init?: RequestInit): Promise<Answer | null> => {
    try {
      const response = await fetch(path, init);
      const answer = await response.json() as Answer & { detail?: string };
      if (!response.ok) throw new Error(answer.detail ?? `the server answered ${response.status}`);
      problem.value = "";
      return answer;
    } catch (error) {
      problem.value = error instanceof TypeError ? "The server cannot be reached" : (error as Error).message;
      return null;
    }
  };
  const load = async () => {
    const answer = await ask<{ versions: VersionSummary[] }>(path);
    if (answer) versions.value = answer.versions;
  };
  useEffect(() => void load(), [session.draft.value.version]);

  const show = async (number: number) => {
    if (open.value?.number === number) return void (open.value = null);
    const answer = await ask<{ number: number; dashboard: Dashboard }>(`${path}/${number}`);
    if (answer) open.value = answer;
  };
  const name = async (number: number, name: string) => {
    const headers = { "content-type": "application/json" };
    if (await ask(`${path}/${number}`, { method: "PUT", headers, body: JSON.stringify({ name }) })) await load();
  };
  return (
    <div class="edit-panel__form">
      <div class="versions__head">
        <h2>Versions</h2>
        <button type="button" class="button button--small" onClick={onClose}>Back</button>
      </div>
      <p class="quiet">Everything that was published. Restoring is a step like any other: undo takes it back.</p>
      {problem.value && <p class="field-error" role="alert">{problem.value}</p>}
      <ol class="versions">
        {versions.value?.map((version) => (
          <li key={version.number} class="versions__one">
            <button
              type="button"
              class="versions__title"
              aria-expanded={open.value?.number === version.number}
              onClick={() => void show(version.number)}
            >
              <strong>{version.name || `Version ${version.number}`}</strong>
              <span class="quiet">{aboutWords(version, locale)}</span>
            </button>
            {open.value?.number === version.number && (
              <OpenVersion
                session={session}
                version={version}
                dashboard={open.value.dashboard}
                onName={(text) => void name(version.number, text)}
              />
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}

function OpenVersion({ session, version, dashboard, onName }: {
  session: EditorSession;
  version: VersionSummary;
  dashboard: Dashboard;
  onName(name: string): void;
}) {
  const now = session.now;
  const changes = commandsBetween(now, dashboard).flatMap((command) => commandWords(command, now));
  return (
    <div class="versions__open">
      {changes.length === 0 ? <p class="quiet">The same as your draft.</p> : (
        <>
          <p class="quiet">Restoring it would do this to your draft:</p>
          <ul class="versions__changes">{changes.map((words, index) => <li key={index}>{words}</li>)}</ul>
          <button
            type="button"
            class="button button--small"
            onClick={() => session.become(dashboard, `Version ${version.number} restored`)}
          >
            Restore this version
          </button>
        </>
      )}
      <form
        class="versions__name"
        onSubmit={(event) => {
          event.preventDefault();
          onName(String(new FormData(event.currentTarget).get("name") ?? ""));
        }}
      >
        <label class="field__label" for={`version-name-${version.number}`}>Name</label>
        <input
          id={`version-name-${version.number}`}
          class="input"
          name="name"
          maxLength={200}
          defaultValue={version.name}
        />
        <button type="submit" class="button button--small">Keep the name</button>
      </form>
    </div>
  );
}

function aboutWords({ number, name, author, at, note, tiles, current }: VersionSummary, locale: string): string {
  const words = [
    name ? `version ${number}` : "",
    current ? "stands now" : "",
    at ? formatMoment(at, locale) : "",
    author === "local" ? "" : author,
    note,
    `${tiles} ${tiles === 1 ? "tile" : "tiles"}`,
  ];
  return words.filter((word) => word !== "").join(" · ");
}
