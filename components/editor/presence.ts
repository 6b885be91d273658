/** Who else edits a dashboard: every open editor says so every few seconds, and greets those it hears for the first time. */
import { newId } from "@/lib/model/new_id.ts";

/** What an editor hears of another. */
export interface Heard {
  dashboard: string;
  editor: string;
  state: "here" | "gone";
}

/** An editor that says it is here. */
export interface Presence {
  /** Takes in what another editor said. */
  heard(event: Heard): void;
  /** Says goodbye. */
  end(): void;
}

/** How often an editor says that it is here, and after how long one that said nothing is taken for gone. */
const [EVERY_MS, GONE_MS] = [8_000, 20_000];

/** Begins to say that a dashboard is edited here; `onChange` hears how many others do. */
export function announce(dashboard: string, onChange: (others: number) => void): Presence {
  const editor = newId();
  const others = new Map<string, number>();
  const say = (state: Heard["state"]) => {
    // An editor without a network is alone, which is what it shows; the bar says so where it matters, in publishing.
    fetch(`/api/dashboards/${encodeURIComponent(dashboard)}/presence`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ editor, state }),
      keepalive: true,
    }).catch(() => onChange(0));
  };
  const goodbye = () => say("gone");
  const tick = setInterval(() => {
    say("here");
    for (const [id, at] of others) if (Date.now() - at > GONE_MS) others.delete(id);
    onChange(others.size);
  }, EVERY_MS);
  addEventListener("pagehide", goodbye);
  say("here");
  return {
    heard(event) {
      if (event.dashboard !== dashboard || event.editor === editor) return;
      const isNew = !others.has(event.editor);
      if (event.state === "gone") others.delete(event.editor);
      else others.set(event.editor, Date.now());
      if (isNew && event.state === "here") say("here");
      onChange(others.size);
    },
    end() {
      clearInterval(tick);
      removeEventListener("pagehide", goodbye);
      goodbye();
    },
  };
}
