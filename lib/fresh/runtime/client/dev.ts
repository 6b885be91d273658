import { ALIVE_URL, JS_PREFIX } from "../../constants.ts";

// Development only: load the page anew when the server was restarted.
const here = new URL(import.meta.url);
const basePath = here.pathname.slice(0, here.pathname.indexOf(JS_PREFIX));
let revision: string | undefined;

new EventSource(basePath + ALIVE_URL).onmessage = ({ data }: MessageEvent<string>) => {
  if (revision !== undefined && revision !== data) location.reload();
  revision = data;
};
