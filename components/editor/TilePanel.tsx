/** The form at the side: of the selected tile, of several, or of the dashboard itself. */
import { NumberField, TextField } from "@/components/form/fields.tsx";
import type { FormDataset } from "@/components/form/json_schema.ts";
import type { Tile } from "@/lib/dashboard/load_dashboard.ts";
import type { Placement } from "@/lib/model/mod.ts";
import { isSection } from "@/lib/model/sections.ts";
import type { WidgetManifest } from "@/lib/widget/mod.ts";
import { BoardPanel } from "./BoardPanel.tsx";
import type { EditorSession } from "./editor_session.ts";
import { ManyPanel } from "./ManyPanel.tsx";
import { PhoneFields } from "./PhoneFields.tsx";
import { SectionPanel } from "./SectionPanel.tsx";
import { TabChoice } from "./TabChoice.tsx";
import { TileFilters } from "./TileFilters.tsx";
import { asked, TileOptions } from "./TileOptions.tsx";
import { copyChosen, duplicateChosen, place, removeChosen, step } from "./tile_actions.ts";

/** What the panel needs. */
export interface TilePanelProps {
  session: EditorSession;
  manifests: WidgetManifest[];
  datasets: FormDataset[];
  tiles: ReadonlyMap<string, Tile>;
  locale: string;
  narrow: boolean;
}

/** The panel. */
export function TilePanel(props: TilePanelProps) {
  const chosen = props.session.chosen;
  if (chosen.length > 1) return <ManyPanel session={props.session} />;
  const [one] = chosen;
  if (!one) return <BoardPanel {...props} />;
  if (isSection(one)) return <SectionPanel key={one.id} session={props.session} placement={one} />;
  return <OnePanel key={one.id} {...props} placement={one} />;
}

function OnePanel(
  { session, manifests, datasets, tiles, locale, narrow, placement }: TilePanelProps & { placement: Placement },
) {
  const { id, title, options, widget } = placement;
  const manifest = manifests.find(({ kind }) => kind === widget);
  const error = tiles.get(id)?.error;
  const phone = session.phone.value;
  const dataset = datasets.find(({ id }) => id === asked(manifest, options));
  const change = (name: string, value: unknown) => {
    const set = value === undefined ? {} : { [name]: value };
    session.do({ type: "change", id, part: "placement", set, unset: value === undefined ? [name] : [] }, {
      typed: true,
    });
  };
  const button = (words: string, act: () => void) => (
    <button type="button" class="button button--small" onClick={act}>{words}</button>
  );
  return (
    <div class="edit-panel__form">
      <div>
        <h2>{manifest?.title ?? widget}</h2>
        <p class="quiet">{manifest?.description ?? "This widget is not installed here; its options are kept."}</p>
      </div>
      {error && <p class="field-error" role="alert">{error.detail}</p>}
      <TextField id="tile-title" label="Title" value={title} onChange={(text) => change("title", text)} />
      {manifest && (
        <TileOptions
          session={session}
          placement={placement}
          manifest={manifest}
          datasets={datasets}
          locale={locale}
        />
      )}
      {dataset && <TileFilters session={session} placement={placement} dataset={dataset} locale={locale} />}
      {phone ? <PhoneFields session={session} placement={placement} /> : <PlaceFields {...{ session, placement }} />}
      <TabChoice session={session} />
      <div class="edit-panel__buttons">
        {narrow && !phone && button("Move up", () => step(session, id, -1))}
        {narrow && !phone && button("Move down", () => step(session, id, 1))}
        {button("Duplicate", () => duplicateChosen(session))}
        {button("Copy", () => copyChosen(session))}
        {button("Remove", () => removeChosen(session))}
      </div>
    </div>
  );
}

function PlaceFields({ session, placement: { id, place: at } }: { session: EditorSession; placement: Placement }) {
  const fields = [["x", "Column", 1, 12], ["y", "Row", 1, 200], ["w", "Width", 0, 12], ["h", "Height", 0, 40]] as const;
  return (
    <fieldset class="edit-panel__place">
      <legend class="field__label">Place</legend>
      {fields.map(([name, label, base, most]) => (
        <NumberField
          key={name}
          id={`tile-${name}`}
          label={label}
          schema={{ type: "integer", minimum: 1, maximum: most }}
          required
          value={at[name] + base}
          onChange={(value) => value !== undefined && place(session, { [id]: { ...at, [name]: value - base } })}
        />
      ))}
    </fieldset>
  );
}
