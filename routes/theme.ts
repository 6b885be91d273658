import { define } from "@/lib/define.ts";
import { placeHere } from "@/lib/http/place_here.ts";
import { readForm } from "@/lib/http/read_form.ts";
import { themeCookie } from "@/lib/theme.ts";

/** Keeps the colours a visitor chose and goes back to the page they were on. */
export const handler = define.handlers({
  async POST(ctx) {
    const form = await readForm(ctx.req);
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
