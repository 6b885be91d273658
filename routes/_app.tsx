import { asset } from "fresh/runtime";
import { Shell } from "@/components/Shell.tsx";
import { define } from "@/lib/define.ts";

/** The document around every page. Pages set their own title with `Head`. */
export default define.layout(function App({ Component, state, url }) {
  return (
    <html lang="en" data-theme={state.theme}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={state.theme ?? "light dark"} />
        <title>Tessera</title>
        <link rel="icon" type="image/svg+xml" href={asset("/favicon.svg")} />
        <link
          rel="preload"
          href={asset("/fonts/inter-latin.woff2")}
          as="font"
          type="font/woff2"
          crossOrigin="anonymous"
        />
        <link rel="stylesheet" href={asset("/tokens.css")} />
        <link rel="stylesheet" href={asset("/app.css")} />
        <link rel="stylesheet" href={asset("/data.css")} />
        <link rel="stylesheet" href={asset("/widgets.css")} />
      </head>
      <body>
        <Shell path={url.pathname} search={url.search} theme={state.theme}>
          <Component />
        </Shell>
      </body>
    </html>
  );
});
