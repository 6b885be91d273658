import { page } from "fresh";
import { asset, Head } from "fresh/runtime";
import { CurrencyField } from "@/components/data/CurrencyField.tsx";
import { SettingsToast } from "@/components/data/SettingsToast.tsx";
import { UnnamedCard } from "@/components/data/UnnamedCard.tsx";
import { Notice } from "@/components/Notice.tsx";
import { PageHeader } from "@/components/PageHeader.tsx";
import { listDatasets } from "@/lib/dataset/datasets.ts";
import { getWorkspaceSettings, putWorkspaceSettings } from "@/lib/dataset/workspace_settings.ts";
import { define, type State } from "@/lib/define.ts";
import { InputError, TesseraError } from "@/lib/errors.ts";
import { readForm } from "@/lib/http/read_form.ts";
import { readLocale } from "@/lib/http/locale.ts";
import { batchProgress } from "@/lib/ingest/batch_progress.ts";
import { nameCurrency, unnamedAmounts } from "@/lib/ingest/name_currency.ts";
import { takeBackBatch } from "@/lib/ingest/repeat_batch.ts";
import { workspaceSettingsSchema } from "@/lib/model/mod.ts";

const PATH = "/data/settings";

export const handlers = define.handlers({
  async GET(ctx) {
    return page(await load(ctx.state, ctx.req, ctx.url));
  },
  /** A form of the page: done, then back to it, saying what was done. */
  async POST(ctx) {
    try {
      const said = await change(ctx.state, await readForm(ctx.req));
      return ctx.redirect(`${PATH}?${new URLSearchParams(said)}`, 303);
    } catch (error) {
      if (!(error instanceof TesseraError) || error.status >= 500) throw error;
      return page({ ...await load(ctx.state, ctx.req, ctx.url), problem: error.message }, { status: error.status });
    }
  },
});

/** Does what a form asks for; answers what the page says about it. */
async function change({ services, viewer }: State, form: FormData): Promise<Record<string, string>> {
  const text = (name: string) => String(form.get(name) ?? "");
  switch (form.get("action")) {
    case "save": {
      const before = await getWorkspaceSettings(services, viewer.workspace);
      const read = workspaceSettingsSchema.safeParse({ ...before, currency: text("currency") || null });
      if (!read.success) {
        const message = `Cannot take "${
          text("currency").slice(0, 20)
        }" as the default currency: choose one of the list`;
        throw new InputError("bad-currency", message, { field: "currency" });
      }
      await putWorkspaceSettings(services, viewer, read.data);
      return { said: "saved", before: before.currency ?? "" };
    }
    case "name": {
      const { batch, repeats } = await nameCurrency(services, viewer, text("dataset"), text("currency"));
      return { said: "named", batch, of: String(repeats.length) };
    }
    case "take-back":
      await takeBackBatch(services, viewer, text("batch"));
      return { said: "taken-back" };
    default:
      throw new InputError("unknown-action", "Cannot do that with the settings; use the buttons of the page", {}, 400);
  }
}

async function load({ services, viewer }: State, request: Request, url: URL) {
  const datasets = await listDatasets(services, viewer.workspace);
  const [settings, unnamed, batch] = await Promise.all([
    getWorkspaceSettings(services, viewer.workspace),
    Promise.all(datasets.map(async ({ id, title }) => {
      const found = await unnamedAmounts(services, viewer, id);
      return found && found.rows > 0 ? { dataset: { id, title }, ...found } : null;
    })),
    batchProgress(services, viewer, url.searchParams),
  ]);
  return {
    settings,
    unnamed: unnamed.filter((one) => one !== null),
    batch,
    locale: readLocale(request),
    problem: null as string | null,
  };
}

export default define.page<typeof handlers>(function Settings({ data, url }) {
  const { settings, unnamed, batch, locale, problem } = data;
  const value = settings.currency ?? "";
  const works = batch !== null && !batch.stopped && batch.done < batch.of;
  return (
    <>
      <Head>
        <title>Settings · Tessera</title>
        <link rel="stylesheet" href={asset("/imports.css")} />
        {works && <meta http-equiv="refresh" content="2" />}
      </Head>
      <PageHeader title="Settings" note="what holds for all data" up={{ href: "/data", title: "Data" }} />
      <div class="stack">
        {problem && <Notice tone="bad" title="That could not be done" text={problem} />}
        {batch?.stopped && (
          <Notice tone="warn" title={`“${batch.stopped.filename}” did not go in again`} text={batch.stopped.why}>
            <p>
              <a href={`/data/imports/${encodeURIComponent(batch.stopped.id)}`}>See the import</a>
            </p>
          </Notice>
        )}
        {!works &&
          unnamed.map((one) => <UnnamedCard key={one.dataset.id} {...one} {...{ value, locale }} action={PATH} />)}
        <section class="card">
          <header class="card__head">
            <h2>Default currency</h2>
            <span class="card__note">for files that do not name one</span>
          </header>
          <form class="setting" method="post" action={PATH}>
            <CurrencyField label="Currency" value={value} none="None" locale={locale} />
            <button class="button" type="submit" name="action" value="save">Save</button>
            <p class="field__hint">
              For files imported from now on; what a file says itself comes first. With none, Tessera asks or keeps
              amounts as they are.
            </p>
          </form>
        </section>
      </div>
      <SettingsToast
        said={url.searchParams.get("said")}
        before={url.searchParams.get("before")}
        now={value}
        batch={batch}
        action={PATH}
      />
    </>
  );
});
