import type { BatchProgress } from "@/lib/ingest/batch_progress.ts";

/** URLs of a dataset, and how names and URLs are taken apart of what is imported already. */
export function TakeApartCard({ files, urls, batch, action, locale }: {
  /** How many files would be read again; 0 where nothing is taken apart. */
  files: number;
  urls: { name: string; title: string; parts: string[] }[];
  /** Files that are read again now, or were. */
  batch: BatchProgress | null;
  action: string;
  locale: string;
}) {
  const number = new Intl.NumberFormat(locale);
  const works = batch !== null && !batch.stopped && batch.done < batch.of;
  const count = files === 1 ? "1 file" : `${number.format(files)} files`;
  return (
    <section class="card" id="apart">
      <header class="card__head">
        <h2>Taken apart</h2>
        <span class="card__note">names and URLs, as files come in</span>
      </header>
      {urls.length > 0 && (
        <ul class="apart">
          {urls.map(({ name, title, parts }) => (
            <li key={name}>
              <strong>{title}</strong>
              {parts.length > 0 ? <span class="quiet">{parts.join(", ")}</span> : (
                <form method="post" action={action}>
                  <input type="hidden" name="column" value={name} />
                  <button class="button" type="submit" name="action" value="url">
                    Take apart <span class="visually-hidden">{title}</span>
                  </button>
                  <span class="quiet">into host, path and UTM tags</span>
                </form>
              )}
            </li>
          ))}
        </ul>
      )}
      {works
        ? (
          <div class="apart__work" role="status">
            <label for="apart-progress">
              {number.format(batch.done)} of {number.format(batch.of)} files read again
            </label>
            <progress id="apart-progress" max={batch.of} value={batch.done} />
          </div>
        )
        : files > 0 && (
          <form class="apart__again" method="post" action={action}>
            <button class="button" type="submit" name="action" value="apart">Read {count} again</button>
            <p class="field__hint">
              {files === 1 ? "It was" : "They were"}{" "}
              imported already: read again, names and URLs are taken apart as it stands here now. Numbers stay as they
              are, and it can be undone.
            </p>
          </form>
        )}
    </section>
  );
}
