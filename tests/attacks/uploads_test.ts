/** Files that are too long, break off, are called something they should not be, or hold what no table holds. */
import assert from "node:assert/strict";
import {
  CSV,
  filesBelow,
  type ImportAnswer,
  importFile,
  json,
  problemOf,
  sendRaw,
  settled,
  withApp,
} from "./outside.ts";
import type { TestApp } from "@/tests/test_app.ts";

const LIMIT = 200_000;
const multipart = { "content-type": "multipart/form-data; boundary=b" };
const formStart = (name: string) =>
  `--b\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: text/csv\r\n\r\n`;

/** A body of so many bytes, in pieces, without a length. */
function streamOf(bytes: number, start = ""): ReadableStream<Uint8Array> {
  let left = bytes;
  let first = true;
  return new ReadableStream({
    pull(controller) {
      if (first) controller.enqueue(new TextEncoder().encode(start));
      first = false;
      if (left <= 0) return controller.close();
      controller.enqueue(new Uint8Array(Math.min(left, 10_000)).fill(0x61));
      left -= 10_000;
    },
  });
}

/** What is cut off or over is cleared away a moment later. */
async function assertEmpty(app: TestApp, folder: string): Promise<void> {
  for (let tries = 0;; tries++) {
    const files = await filesBelow(`${app.directory}/${folder}`);
    if (files.length === 0) return;
    assert.ok(tries < 60, `left behind: ${files.join(", ")}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function assertNothingKept(app: TestApp): Promise<void> {
  await assertEmpty(app, "files");
  await assertEmpty(app, "staging");
  assert.deepEqual((await (await app.fetch("/api/imports")).json()).imports, []);
}

Deno.test("[attack] an upload over the limit is 413 and leaves nothing, with and without a length", () =>
  withApp(async (app) => {
    const origin = app.listen();
    const send = (init: RequestInit, path = "/api/imports?dataset=ads") =>
      fetch(origin + path, { method: "POST", ...init });
    const form = new FormData();
    form.set("file", new File([new Uint8Array(LIMIT + 1)], "big.csv"));
    for (
      const init of [
        { body: new Uint8Array(LIMIT + 1) },
        { body: streamOf(LIMIT + 10_000) },
        { body: form },
        { body: streamOf(LIMIT + 10_000, formStart("big.csv")), headers: multipart },
      ]
    ) {
      await problemOf(await send(init), 413);
      await assertNothingKept(app);
    }
    const page = await fetch(`${origin}/data/import`, { method: "POST", body: form, headers: { origin } });
    assert.equal(page.status, 413);
    await page.body?.cancel();
    await assertNothingKept(app);
    // Said to be too long: refused before it is sent.
    const head = `POST /api/imports?dataset=ads HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n`;
    assert.match(await sendRaw(origin, `${head}Content-Length: 99999999999\r\n\r\n`), /^HTTP\/1\.1 413 /);
    await assertNothingKept(app);
    assert.equal((await importFile(app, CSV)).state, "published", "the next one is taken");
  }, { MAX_UPLOAD_BYTES: String(LIMIT) }));

Deno.test("[attack] an upload that breaks off leaves nothing", () =>
  withApp(async (app) => {
    const origin = app.listen();
    const head = "POST /api/imports?dataset=ads HTTP/1.1\r\nHost: localhost\r\n";
    const rows = CSV + "x".repeat(50_000);
    for (
      const request of [
        `${head}Content-Length: 100000\r\n\r\n${rows}`,
        `${head}Transfer-Encoding: chunked\r\n\r\n${rows.length.toString(16)}\r\n${rows}\r\n`,
        `${head}Transfer-Encoding: chunked\r\n\r\n${rows.length.toString(16)}\r\n${rows}\r\nnonsense`,
        `${head}Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 100000\r\n\r\n${
          formStart("a.csv")
        }${rows}`,
      ]
    ) {
      await sendRaw(origin, request, 300);
      await assertNothingKept(app);
    }
    const half = `${formStart("a.csv")}${CSV}`; // a whole request with half a form
    const broken = await app.fetch("/api/imports?dataset=ads", { method: "POST", headers: multipart, body: half });
    await problemOf(broken, 400);
    await assertNothingKept(app);
    const stop = new AbortController();
    const sent = fetch(`${origin}/api/imports?dataset=ads`, {
      method: "POST",
      body: streamOf(1e9),
      signal: stop.signal,
    });
    setTimeout(() => stop.abort(), 200);
    await assert.rejects(sent, { name: "AbortError" });
    await assertNothingKept(app);
  }));

Deno.test("[attack] a form without the file, with a broken head, or with many parts is refused", () =>
  withApp(async (app) => {
    const send = (body: string, type = "multipart/form-data; boundary=b") =>
      app.fetch("/api/imports", { method: "POST", headers: { "content-type": type }, body });
    await problemOf(await send("--b--\r\n"), 400);
    await problemOf(await send("nothing at all"), 400);
    await problemOf(await send(`--b\r\ncontent-disposition: form-data; name="other"\r\n\r\nx\r\n--b--\r\n`), 400);
    await problemOf(await send(`${formStart("a.csv")}${CSV}\r\n--b--\r\n`, "multipart/form-data"), 400);
    await problemOf(
      await send(`--b\r\ncontent-disposition: form-data; name="${"x".repeat(100_000)}"\r\n\r\nx\r\n--b--\r\n`),
      400,
    );
    const many = `--b\r\ncontent-disposition: form-data; name="x"\r\n\r\nx\r\n`.repeat(10_000);
    await problemOf(await send(`${many}--b--\r\n`), 400);
    await problemOf(
      await send(
        `--b\r\ncontent-disposition: form-data; name="dataset"\r\n\r\n../x\r\n${formStart("a.csv")}${CSV}\r\n--b--\r\n`,
      ),
      400,
    );
    await assertNothingKept(app);
  }));

Deno.test("[attack] a file is shown under the name it came with, and kept under one of ours", () =>
  withApp(async (app) => {
    const names: [string, string][] = [
      ["../../../../tmp/evil.csv", "evil.csv"],
      ["..\\..\\evil.csv", "evil.csv"],
      ["/etc/passwd", "passwd"],
      ["CON", "CON"],
      ["..", ".."],
      ["a\u202Evsc.exe", "avsc.exe"],
      ["a\u0000b\r\nset-cookie: x.csv", "abset-cookie: x.csv"],
      ["x".repeat(300) + ".csv", "x".repeat(200)],
      ["<img src=x onerror=alert(1)>.csv", "<img src=x onerror=alert(1)>.csv"],
      ["'; drop table imports; --.csv", "'; drop table imports; --.csv"],
    ];
    for (const [i, [name, shown]] of names.entries()) {
      const csv = CSV.replace("4000", "abc").replace("Brand", `Brand ${i}`);
      const job = await importFile(app, csv, new URLSearchParams({ dataset: "ads", filename: name }).toString());
      assert.equal(job.filename, shown);
      assert.equal(job.state, "published", JSON.stringify(job.error));
      const download = await app.fetch(`/api/imports/${job.id}/rejected?format=csv`);
      const disposition = download.headers.get("content-disposition")!;
      assert.match(disposition, /^attachment; filename="[\w.() -]+"; filename\*=UTF-8''[\w.%!~*-]+$/);
      assert.doesNotMatch(disposition, /\.\.\/|%2F|%5C|%00|%0D|%0A|%E2%80%AE/i);
      await download.body?.cancel();
    }
    const kept = await filesBelow(app.directory);
    for (const path of kept.filter((path) => path.startsWith("files/"))) {
      assert.match(path, /^files\/default\/[0-9a-f]{2}\/[0-9a-f]{64}$/);
    }
    await assertEmpty(app, "staging");
  }));

/** Imports with a limit on time and memory; the file must end in `states` and, where it failed, say why. */
async function hostile(app: TestApp, what: string, body: BodyInit, states: string[]): Promise<ImportAnswer> {
  const before = Deno.memoryUsage().rss;
  const began = performance.now();
  const response = await app.fetch("/api/imports?dataset=ads&filename=hostile.csv", { method: "POST", body });
  assert.equal(response.status, 202, what);
  const job = await settled(app, (await response.json()).id, 30_000);
  const seconds = (performance.now() - began) / 1_000;
  const grown = (Deno.memoryUsage().rss - before) / 2 ** 20;
  assert.ok(states.includes(job.state), `${what}: ${job.state} ${JSON.stringify(job.error ?? job.question)}`);
  assert.ok(seconds < 15, `${what} took ${seconds.toFixed(1)} s`);
  assert.ok(grown < 700, `${what} took ${grown.toFixed(0)} MB`);
  if (job.state === "failed") {
    assert.notEqual(job.error!.code, "internal", `${what}: ${job.error!.message}`);
    assert.match(job.error!.message, /^Cannot /, what);
    assert.doesNotMatch(job.error!.message, /\/(tmp|data|staging)\/|duckdb|read_csv|stack/i, what);
    assert.ok(job.error!.message.length < 1_000, `${what}: a message of ${job.error!.message.length} characters`);
  }
  const { read, removed: _removed, ...parts } = job.counts;
  assert.equal(read, Object.values(parts).reduce((sum, n) => sum + n, 0), `${what}: counts add up`);
  await assertEmpty(app, "staging");
  const page = await app.fetch(`/data/imports/${job.id}`);
  assert.equal(page.status, 200, what);
  assert.ok((await page.text()).length < 2_000_000, `${what}: its page is short`);
  const rejected = await app.fetch(`/api/imports/${job.id}/rejected`);
  assert.equal(rejected.status, 200);
  assert.ok((await rejected.text()).length < 5_000_000, `${what}: its rejected rows are short`);
  return job;
}

Deno.test("[attack] hostile tables end in bounded time with a clear error, or with their bad rows set aside", async (t) => {
  await withApp(async (app) => {
    const header = CSV.slice(0, CSV.indexOf("\n") + 1);
    const good = CSV.slice(header.length);
    const cases: [string, () => BodyInit, string[]][] = [
      ["one line of 50 MB", () => "a".repeat(50 * 2 ** 20), ["failed"]],
      ["one line of 50 MB of commas", () => ",".repeat(50 * 2 ** 20), ["failed"]],
      [
        "a cell of 20 MB",
        () => `${header}2026-01-01,google_ads,Shop,${"x".repeat(20 * 2 ** 20)},EUR,1,1,1,1,1\n${good}`,
        ["published", "failed"],
      ],
      ["20,000 columns", () => {
        const names = Array.from({ length: 20_000 }, (_, i) => `c${i}`).join(",");
        return `date,platform,spend,${names}\n2026-01-01,google_ads,1,${"1,".repeat(19_999)}1\n`;
      }, ["failed", "needs-mapping"]],
      ["NUL bytes", () => `${header}2026-01-01,google_ads,Shop,Bra\0nd,EUR,1,1,1,1,1\n\0\0\0\n${good}`, [
        "published",
        "failed",
      ]],
      ["only NUL bytes", () => new Uint8Array(1_000_000), ["failed"]],
      ["noise", () => crypto.getRandomValues(new Uint8Array(60_000)), ["failed"]],
      [
        "a quote that never ends",
        () => `${header}2026-01-01,google_ads,Shop,"Brand,EUR,1,1,1,1,1\n${good.repeat(20_000)}`,
        ["published", "failed"],
      ],
      ["quotes in the wrong places", () => `${header}2026-01-01,goo"gle,Sh"op","Br"a"nd,EUR,1,1,1,1,1\n${good}`, [
        "published",
        "failed",
        "needs-mapping",
      ]],
      ["mixed ends of lines", () => `${header}${good}`.replace("\n", "\r\n").replace(/\n$/, "\r"), [
        "published",
        "failed",
      ]],
      ["lines of different lengths", () => `${header}${good}1,2,3\n${"x,".repeat(40)}\n\n\n${good}`, [
        "published",
        "failed",
        "needs-mapping",
      ]],
      [
        "names like an object's own",
        () => `date,__proto__,constructor,toString,spend\n2026-01-01,a,b,c,1\n2026-01-02,a,b,c,2\n`,
        ["published", "failed", "needs-mapping"],
      ],
      ["the same column many times", () => `date,platform,spend,spend,spend,Spend\n2026-01-01,google_ads,1,2,3,4\n`, [
        "published",
        "failed",
        "needs-mapping",
      ]],
      ["columns without names", () => `,,,,\n1,2,3,4,5\n`, ["failed", "needs-mapping"]],
      [
        "names made to break SQL",
        () => `date,platform,spend,"x""; drop table imports; --",'or 1=1,{"$ne":1}\n2026-01-01,google_ads,1,a,b,c\n`,
        ["published", "needs-mapping", "failed"],
      ],
      ["formulas", () => `${header}2026-01-01,google_ads,=cmd|'/c calc'!A0,@SUM(1),EUR,+1,-abc,=1+1,1,1\n${good}`, [
        "published",
      ]],
      [
        "numbers beyond all measure",
        () => `${header}2026-01-01,google_ads,Shop,A,EUR,9e999,99999999999999999999999,1e308,NaN,Infinity\n${good}`,
        ["published"],
      ],
      [
        "dates that are none",
        () =>
          `${header}${
            ["0000-00-00", "9999-99-99", "2026-02-30", "-1", "99999-01-01"].map((day) =>
              `${day},google_ads,Shop,A,EUR,1,1,1,1,1\n`
            ).join("")
          }${good}`,
        ["published", "needs-mapping"],
      ],
      ["a header and nothing else", () => header, ["failed"]],
      ["a byte-order mark and nothing else", () => new Uint8Array([0xef, 0xbb, 0xbf]), ["failed"]],
      ["half a UTF-16 character", () => new Uint8Array([0xff, 0xfe, 0x41, 0x00, 0x42]), ["failed"]],
      ["a zip", () => new Uint8Array([0x50, 0x4b, 3, 4, ...Array(500).fill(1)]), ["failed"]],
      ["HTML", () => "<!doctype html><html><body><script>alert(1)</script></body></html>", ["failed"]],
      ["JSON", () => JSON.stringify([{ date: "2026-01-01", spend: 1 }]), ["failed", "needs-mapping"]],
      ["a million empty lines", () => header + "\n".repeat(1_000_000) + good, ["published"]],
      ["a million commas per line", () => `${header}${",".repeat(1_000_000)}\n${good}`, ["published", "failed"]],
    ];
    for (const [what, body, states] of cases) {
      await t.step(what, async () => {
        await hostile(app, what, body(), states);
      });
    }
    await t.step("the server answers as before", async () => {
      const body = { dataset: "ads", metrics: ["spend"], dimensions: ["platform"] };
      assert.equal((await app.fetch("/api/query", json(body))).status, 200);
      assert.equal((await app.fetch("/")).status, 200);
      assert.equal((await app.fetch("/data")).status, 200);
      assert.equal((await importFile(app, CSV.replace("Brand", "Last"))).state, "published");
    });
  });
});
