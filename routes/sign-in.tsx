import { page } from "fresh";
import { Head } from "fresh/runtime";
import { Notice } from "@/components/Notice.tsx";
import { PageHeader } from "@/components/PageHeader.tsx";
import { define } from "@/lib/define.ts";
import { signIn } from "@/lib/http/access.ts";
import { placeHere } from "@/lib/http/place_here.ts";
import { readForm } from "@/lib/http/read_form.ts";

/** One key opens the installation; whoever has it gets a cookie. */
export const handlers = define.handlers({
  GET(ctx) {
    if (!ctx.state.services.config.accessToken) return ctx.redirect("/", 303);
    return page({ next: placeHere(ctx.url.searchParams.get("next"), ctx.url.origin), failed: false });
  },
  async POST(ctx) {
    const form = await readForm(ctx.req);
    const next = placeHere(form.get("next"), ctx.url.origin);
    const cookie = signIn(String(form.get("token") ?? ""), ctx.state.services.config);
    if (!cookie) return page({ next, failed: true }, { status: 401 });
    return new Response(null, { status: 303, headers: { location: next, "set-cookie": cookie } });
  },
});

export default define.page<typeof handlers>(function SignIn({ data: { next, failed } }) {
  return (
    <>
      <Head>
        <title>Sign in · Tessera</title>
      </Head>
      <PageHeader title="Sign in" />
      {failed && <Notice tone="bad" title="That is not the access token of this installation" />}
      <form method="post" class="stack sign-in">
        <input type="hidden" name="next" value={next} />
        <label class="field">
          <span>Access token</span>
          <input type="password" name="token" required autocomplete="current-password" autofocus />
        </label>
        <button type="submit" class="button button--primary">Sign in</button>
      </form>
    </>
  );
});
