/** The versions of a dashboard at the side: who, when and why; each can be opened, held against others and restored. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { formatMoment } from "@/lib/format/moment.ts";
import type { VersionSummary } from "@/lib/dashboard/versions.ts";
import type { Dashboard } from "@/lib/model/mod.ts";
import type { EditorSession } from "./editor_session.ts";
import { OpenVersion } from "./OpenVersion.tsx";

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

  const fetchVersion = async (number: number) =>
    (await ask<{ dashboard: Dashboard }>(`${path}/${number}`))?.dashboard ?? null;
  const show = async (number: number) => {
    if (open.value?.number === number) return void (open.value = null);
    const dashboard = await fetchVersion(number);
    if (dashboard) open.value = { number, dashboard };
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
              {version.note && <span>{version.note}</span>}
              <span class="quiet">{aboutWords(version, locale)}</span>
            </button>
            {open.value?.number === version.number && (
              <OpenVersion
                session={session}
                version={version}
                dashboard={open.value.dashboard}
                fetchVersion={fetchVersion}
                onName={(text) => void name(version.number, text)}
              />
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}

function aboutWords({ number, name, author, at, tiles, current }: VersionSummary, locale: string): string {
  const words = [
    name ? `version ${number}` : "",
    current ? "stands now" : "",
    at ? formatMoment(at, locale) : "",
    author === "local" ? "" : author,
    `${tiles} ${tiles === 1 ? "tile" : "tiles"}`,
  ];
  return words.filter((word) => word !== "").join(" · ");
}
