import { Head } from "fresh/runtime";
import { EmptyState } from "@/components/EmptyState.tsx";
import { define } from "@/lib/define.ts";

/** Nothing is at this address. */
export default define.page(function NotFound() {
  return (
    <>
      <Head>
        <title>Not found · Tessera</title>
      </Head>
      <h1 class="visually-hidden">Not found</h1>
      <EmptyState
        title="Nothing is here"
        text="The address may be mistyped, or what was here has been deleted. Nothing is lost by looking."
      >
        <a class="button button--primary" href="/">See all dashboards</a>
        <a class="button" href="/data">See all data</a>
      </EmptyState>
    </>
  );
});
