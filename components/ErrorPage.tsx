import { Head } from "fresh/runtime";
import { EmptyState } from "./EmptyState.tsx";
import { Notice } from "./Notice.tsx";
import { PageHeader } from "./PageHeader.tsx";

/** What an error page tells. */
export interface ErrorPageProps {
  status: number;
  /** What happened, where it was written for people; nothing that could tell too much. */
  message?: string;
  requestId: string;
  /** Where "Try again" leads. */
  here: string;
}

/** What went wrong, why and what to do: a sentence for people, never a stack. */
export function ErrorPage({ status, message, requestId, here }: ErrorPageProps) {
  const { title, text } = explained(status, message);
  if (status === 404) return <NotFound title={title} text={text} />;
  return (
    <>
      <Head>
        <title>{title} · Tessera</title>
      </Head>
      <PageHeader title={title} />
      <Notice tone={status >= 500 ? "bad" : "warn"} title={text}>
        {status >= 500 && (
          <p class="quiet">
            The log has more under <code>{requestId}</code>.
          </p>
        )}
        <div class="notice__actions">
          <a class="button" href={here}>Try again</a>
          <a class="button button--primary" href="/dashboards">See all dashboards</a>
        </div>
      </Notice>
    </>
  );
}

function NotFound({ title, text }: { title: string; text: string }) {
  return (
    <>
      <Head>
        <title>{title} · Tessera</title>
      </Head>
      <PageHeader title={title} />
      <EmptyState title={text} text="The address may be mistyped, or what was here has been deleted.">
        <a class="button button--primary" href="/dashboards">See all dashboards</a>
        <a class="button" href="/data">See all data</a>
      </EmptyState>
    </>
  );
}

function explained(status: number, message: string | undefined): { title: string; text: string } {
  if (status === 404) return { title: "Not found", text: message ?? "Nothing is at this address" };
  if (status === 403) {
    return { title: "Not allowed", text: message ?? "This page may not be opened from where you came" };
  }
  if (status === 503) return { title: "Not available now", text: message ?? "Try again in a moment" };
  if (status < 500) {
    return {
      title: "That did not work",
      text: message ?? "The request could not be understood; go back and try again",
    };
  }
  return { title: "Something broke", text: "This page could not be made. Your data is unharmed; try again" };
}
