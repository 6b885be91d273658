import { define } from "@/lib/define.ts";
import { themeCookie } from "@/lib/theme.ts";

/** Keeps the colours a visitor chose and goes back to the page they were on. */
export const handler = define.handlers({
  async POST(ctx) {
    const form = await ctx.req.formData();
    const theme = form.get("theme");
    return new Response(null, {
      status: 303,
      headers: {
        location: placeHere(form.get("back"), ctx.url.origin),
        "set-cookie": themeCookie(theme === "light" || theme === "dark" ? theme : undefined),
      },
    });
  },
});

/** Only a path of this site: another origin, or one hidden behind `//`, would make this an open redirect. */
function placeHere(back: FormDataEntryValue | null, origin: string): string {
  const url = URL.parse(String(back ?? "/"), origin);
  if (url?.origin !== origin) return "/";
  return url.pathname.replace(/^\/+/, "/") + url.search;
}
