import assert from "node:assert/strict";
import { type Browser, chromium, type Page } from "playwright-core";
import { makeProject } from "./dev/_project.ts";
import { App, csp, staticFiles } from "./mod.ts";
import { Builder } from "./dev.ts";

const CHROMIUM = "/usr/bin/chromium";
const isMissing = !await exists(CHROMIUM);
const reason = isMissing ? ` (skipped: ${CHROMIUM} is missing, "deno task services" installs it)` : "";

async function exists(file: string): Promise<boolean> {
  try {
    return (await Deno.stat(file)).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

const FILES = {
  "islands/Counter.tsx": `import { useSignal } from "@preact/signals";
    import { useEffect } from "preact/hooks";
    import { IS_BROWSER } from "fresh/runtime";
    export default function Counter({ id, count, children, data }) {
      const ready = useSignal("");
      useEffect(() => { ready.value = "ready"; }, []);
      return <div id={id} class={ready.value}>
        <button disabled={!IS_BROWSER} onClick={() => count.value++}>{count}</button>
        <img src="/pixel.png" alt="" /><a href="/">here</a>
        <output>{data ? data.day.getUTCFullYear() + " " + data.big * 2n + " " + data.map.get("k") + " " + data.text : ""}</output>
        <section>{children}</section>
      </div>;
    }`,
  "islands/nav-toggle.tsx": `import { isValidElement } from "preact";
    import { useState } from "preact/hooks";
    export default function NavToggle({ children, title }) {
      const [open, setOpen] = useState(false);
      return <nav data-element={String(isValidElement(title))}><button class="toggle" onClick={() => setOpen(!open)}>{title}</button>{open && <div class="menu">{children}</div>}</nav>;
    }`,
  "widgets/chart/View.tsx": `import { useState } from "preact/hooks";
    export default function View() {
      const [text, setText] = useState("first");
      return <button class="chart" onClick={async () => setText((await import("./later.ts")).text)}>{text}</button>;
    }`,
  "widgets/chart/later.ts": `export const text = "loaded later";`,
  "islands/Picture.tsx": `import { IS_BROWSER } from "fresh/runtime";
    export default function Picture() {
      const html = IS_BROWSER ? "" : "<svg width='9' height='9'><circle r='3'/></svg>";
      return <figure>
        <div class="picture" dangerouslySetInnerHTML={{ __html: html }} />
        <p id="differs" class={IS_BROWSER ? "browser" : "server"} data-only={IS_BROWSER ? null : "server"} hidden={!IS_BROWSER}
          style={{ opacity: IS_BROWSER ? 0.5 : 1, width: IS_BROWSER ? 7 : 9 }} aria-busy={!IS_BROWSER}>{IS_BROWSER ? "b" : "s"}</p>
        <svg id="drawn" viewBox="0 0 9 9"><path d={IS_BROWSER ? "M1 1" : "M2 2"} stroke-width={2} /></svg>
        <select id="select" value="b"><option value="a">a</option><option value="b">b</option></select>
        <input id="input" value={IS_BROWSER ? "browser" : "server"} /><textarea id="area" value="long text" />
      </figure>;
    }`,
  "islands/Title.tsx": `import { useState } from "preact/hooks";
    import { Head } from "fresh/runtime";
    const Author = ({ name }) => <meta name="author" content={name} />;
    export default function Title() {
      const [count, setCount] = useState(0);
      return <p>
        {count < 3 && <Head>
          <title>Count: {count}</title>
          <Author name={"a" + count} />
          <meta key="keyed" name="other" content={String(count)} />
          {count > 1 && <style>{"p { width: " + count + "px }"}</style>}
        </Head>}
        <button onClick={() => setCount(count + 1)}>{count}</button>
      </p>;
    }`,
  "routes/title.tsx": `import Title from "../islands/Title.tsx"; export default () => <main><Title /></main>;`,
  "routes/picture.tsx": `import Picture from "../islands/Picture.tsx"; export default () => <main><Picture /></main>;`,
  "routes/_app.tsx":
    `export default ({ Component }) => <html lang="en"><head><title>t</title></head><body><Component /></body></html>;`,
  "routes/plain.tsx": `export default () => <h1>plain</h1>;`,
  "routes/index.tsx": `import { signal } from "@preact/signals";
    import Counter from "../islands/Counter.tsx";
    import NavToggle from "../islands/nav-toggle.tsx";
    import View from "../widgets/chart/View.tsx";
    export default () => {
      const count = signal(3);
      const data = { day: new Date("2026-01-31"), big: 21n, map: new Map([["k", NaN]]), text: "</script><!--" };
      return <main>
        <Counter id="a" count={count} data={data}>
          <div class="slot" data-x="1"><label><input type="checkbox" checked disabled /> text</label><Counter id="inner" count={count} /></div>
        </Counter>
        <Counter id="b" count={count} /><Counter id="b2" count={count} />
        <NavToggle title={<b>menu</b>}><i class="item">item</i><Counter id="hidden" count={count} /></NavToggle>
        <View /><p id="after">after</p>
      </main>;
    };`,
};

async function withPage(fn: (page: Page, address: string) => Promise<void>): Promise<void> {
  await using project = await makeProject(FILES);
  const builder = new Builder({ root: project.dir });
  builder.registerIsland("./widgets/chart/View.tsx");
  const app = new App().use(csp({ useNonce: true, csp: ["style-src-attr 'unsafe-inline'"] })).use(staticFiles())
    .fsRoutes();
  (await builder.build({ snapshot: "memory" }))(app);

  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, app.handler());
  let browser: Browser | undefined;
  try {
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    });
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error" && !message.text().includes("404")) problems.push(message.text());
    });
    await fn(page, `http://127.0.0.1:${server.addr.port}`);
    assert.deepEqual(problems, []);
  } finally {
    await browser?.close();
    await server.shutdown();
  }
}

Deno.test({
  name: `islands become interactive in a browser${reason}`,
  ignore: isMissing,
  fn: () =>
    withPage(async (page, address) => {
      // Remember the server's elements before any script ran.
      await page.addInitScript(() =>
        document.addEventListener("DOMContentLoaded", () => {
          const kept = document.querySelectorAll("main *");
          Object.assign(globalThis, { kept: [...kept] });
        })
      );
      await page.goto(address);
      for (const id of ["a", "inner", "b", "b2"]) await page.waitForSelector(`#${id}.ready`);
      const lost = await page.evaluate(() =>
        (globalThis as unknown as { kept: Element[] }).kept
          .filter((element) => !element.isConnected).map((element) => element.outerHTML)
      );
      assert.deepEqual(lost, [], "the server's elements are kept");
      assert.equal(await page.textContent("#a > output"), "2026 42 NaN </script><!--");
      assert.equal(await page.isChecked("#a input"), true);
      assert.equal(await page.isDisabled("#a input"), true);

      await page.click("#a > button");
      await page.click("#inner > button");
      await page.click("#b2 > button");
      for (const id of ["a", "inner", "b", "b2"]) assert.equal(await page.textContent(`#${id} > button`), "6");

      assert.equal(await page.textContent(".toggle b"), "menu");
      assert.equal(await page.getAttribute("nav", "data-element"), "true");
      await page.click(".toggle");
      await page.waitForSelector("#hidden.ready");
      assert.equal(await page.textContent("#hidden > button"), "6");
      await page.click("#hidden > button");
      assert.equal(await page.textContent("#b > button"), "7");
      await page.click(".toggle");
      assert.equal(await page.locator(".menu").count(), 0);
      const order = await page.evaluate(() =>
        [...document.querySelector("main")!.children].map((child) => child.id || child.tagName)
      );
      assert.deepEqual(order, ["a", "b", "b2", "NAV", "BUTTON", "after"], "islands stay in their places");

      await page.click(".chart");
      await page.getByText("loaded later").waitFor();
    }),
});

Deno.test({
  name: `islands keep raw HTML, and correct what differs in a browser${reason}`,
  ignore: isMissing,
  fn: () =>
    withPage(async (page, address) => {
      await page.addInitScript(() =>
        document.addEventListener("DOMContentLoaded", () => {
          Object.assign(globalThis, { circle: document.querySelector(".picture circle") });
        })
      );
      await page.goto(`${address}/picture`);
      await page.waitForSelector("#differs.browser");
      const isKept = await page.evaluate(() => (globalThis as unknown as { circle: Element }).circle.isConnected);
      assert.equal(isKept, true, "the server's picture stays, though the browser's props lack it");
      const attributes = await page.evaluate(() =>
        Object.fromEntries([...document.querySelector("#differs")!.attributes].map(({ name, value }) => [name, value]))
      );
      assert.deepEqual(attributes, {
        "id": "differs",
        "class": "browser",
        "style": "opacity: 0.5; width: 7px;",
        "aria-busy": "false",
      });
      assert.equal(await page.textContent("#differs"), "b");
      assert.equal(await page.getAttribute("#drawn path", "d"), "M1 1");
      assert.equal(await page.getAttribute("#drawn", "viewBox"), "0 0 9 9");
      assert.equal(await page.inputValue("#select"), "b");
      // It could have been typed before the script came.
      assert.equal(await page.inputValue("#input"), "server");
      assert.equal(await page.inputValue("#area"), "long text");
    }),
});

Deno.test({
  name: `the document's head changes with the islands in a browser${reason}`,
  ignore: isMissing,
  fn: () =>
    withPage(async (page, address) => {
      const head = async () => {
        await page.waitForTimeout(50);
        return await page.evaluate(() =>
          [...document.head.querySelectorAll("title, meta[name], style")].map((element) =>
            element.getAttribute("content") ?? element.textContent
          )
        );
      };
      await page.goto(`${address}/title`, { waitUntil: "networkidle" });
      assert.deepEqual(await head(), ["Count: 0", "a0", "0"]);
      await page.click("button");
      assert.deepEqual(await head(), ["Count: 1", "a1", "1"]);
      await page.click("button");
      assert.deepEqual(await head(), ["Count: 2", "a2", "2", "p { width: 2px }"]);
      assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector("p")!).width), "2px");
      await page.click("button");
      assert.deepEqual(await head(), ["Count: 2", "a2", "2"], "what was added goes with the island's <Head>");
    }),
});

Deno.test({
  name: `a page without islands loads no script in a browser${reason}`,
  ignore: isMissing,
  fn: () =>
    withPage(async (page, address) => {
      const scripts: string[] = [];
      page.on("request", (request) => {
        if (request.resourceType() === "script") scripts.push(request.url());
      });
      await page.goto(`${address}/plain`, { waitUntil: "networkidle" });
      assert.equal(await page.textContent("h1"), "plain");
      assert.equal(await page.locator("script").count(), 0);
      assert.deepEqual(scripts, []);
    }),
});
