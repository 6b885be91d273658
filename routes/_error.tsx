import { HttpError } from "fresh";
import { Head } from "fresh/runtime";
import { Notice } from "@/components/Notice.tsx";
import { PageHeader } from "@/components/PageHeader.tsx";
import { define } from "@/lib/define.ts";
import { TesseraError } from "@/lib/errors.ts";

/** What went wrong, why and what to do: a sentence for people, never a stack. */
export default define.page(function ErrorPage({ error, state, url }) {
  const { title, text } = explained(error);
  return (
    <>
      <Head>
        <title>{title} · Tessera</title>
      </Head>
      <PageHeader title={title} />
      <Notice tone={statusOf(error) >= 500 ? "bad" : "warn"} title={text}>
        {state?.requestId && (
          <p class="quiet">
            The log has more under <code>{state.requestId}</code>.
          </p>
        )}
        <div class="notice__actions">
          <a class="button" href={url.pathname + url.search}>Try again</a>
          <a class="button button--quiet" href="/">See all dashboards</a>
        </div>
      </Notice>
    </>
  );
});

function statusOf(error: unknown): number {
  return error instanceof TesseraError || error instanceof HttpError ? error.status : 500;
}

function explained(error: unknown): { title: string; text: string } {
  const status = statusOf(error);
  // Messages of our own errors are written for people; anything else could tell too much.
  if (error instanceof TesseraError && status !== 500) {
    return {
      title: status === 404 ? "Not found" : status === 503 ? "Not available now" : "That did not work",
      text: error.message,
    };
  }
  if (status === 404) return { title: "Not found", text: "Nothing is at this address" };
  if (status === 403) return { title: "Not allowed", text: "This page may not be opened from where you came" };
  if (status < 500) {
    return { title: "That did not work", text: "The request could not be understood; go back and try again" };
  }
  return { title: "Something broke", text: "This page could not be made. Your data is unharmed; try again" };
}
