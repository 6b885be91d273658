/** One version of a dashboard, opened in the list: what differs, the way back to it, and its name. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { ChoiceField } from "@/components/form/fields.tsx";
import type { VersionSummary } from "@/lib/dashboard/versions.ts";
import type { Dashboard } from "@/lib/model/mod.ts";
import { sameJson } from "@/lib/model/same_json.ts";
import type { EditorSession } from "./editor_session.ts";
import { type NamedDocument, VersionDiff } from "./VersionDiff.tsx";

/** What it shows and whom it asks. */
export interface OpenVersionProps {
  session: EditorSession;
  version: VersionSummary;
  dashboard: Dashboard;
  /** The document of another version, or null where it cannot be had. */
  fetchVersion(number: number): Promise<Dashboard | null>;
  onName(name: string): void;
}

/** The version. */
export function OpenVersion({ session, version, dashboard, fetchVersion, onName }: OpenVersionProps) {
  const { number } = version;
  const against = useSignal<"draft" | "before">("draft");
  const older = useSignal<Dashboard | null>(null);
  useEffect(() => {
    if (against.value === "before") void fetchVersion(number - 1).then((found) => older.value = found);
  }, [against.value]);
  const me: NamedDocument = { name: `Version ${number}`, dashboard };
  return (
    <div class="versions__open">
      {number > 1 && (
        <ChoiceField
          id={`version-against-${number}`}
          label="Compare with"
          value={against.value}
          choices={["draft", "before"]}
          titles={{ draft: "Your draft", before: `Version ${number - 1}` }}
          onChange={(value) => against.value = value === "before" ? "before" : "draft"}
        />
      )}
      {against.value === "draft"
        ? <VersionDiff before={{ name: "Your draft", dashboard: session.now }} after={me} />
        : older.value &&
          <VersionDiff before={{ name: `Version ${number - 1}`, dashboard: older.value }} after={me} />}
      {!sameJson(withoutSaved(session.now), withoutSaved(dashboard)) && (
        <button
          type="button"
          class="button button--small"
          onClick={() => session.become(dashboard, `Version ${number} restored`)}
        >
          Restore this version
        </button>
      )}
      <form
        class="versions__name"
        onSubmit={(event) => {
          event.preventDefault();
          onName(String(new FormData(event.currentTarget).get("name") ?? ""));
        }}
      >
        <label class="field__label" for={`version-name-${number}`}>Name</label>
        <div class="versions__name-row">
          <input
            id={`version-name-${number}`}
            class="input"
            name="name"
            maxLength={200}
            placeholder="A version that matters"
            defaultValue={version.name}
          />
          <button type="submit" class="button button--small">Keep the name</button>
        </div>
      </form>
    </div>
  );
}

function withoutSaved({ saved: _saved, ...dashboard }: Dashboard): Omit<Dashboard, "saved"> {
  return dashboard;
}
