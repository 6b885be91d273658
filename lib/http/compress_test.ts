import assert from "node:assert/strict";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { acceptedEncoding, compress } from "./compress.ts";

const TEXT = "<p>Spend by platform</p>\n".repeat(200);
const asks = (accepts?: string) =>
  new Request("http://localhost:8000/", { headers: accepts ? { "accept-encoding": accepts } : {} });
const html = (body: string | null, headers: Record<string, string> = {}) =>
  new Response(body, { status: 203, headers: { "content-type": "text/html; charset=utf-8", ...headers } });

Deno.test("compress() answers in what the client takes, and says so to caches", async () => {
  for (
    const [accepts, encoding, read] of [["gzip, br", "br", brotliDecompressSync], ["gzip", "gzip", gunzipSync]] as const
  ) {
    const answer = await compress(asks(accepts), html(TEXT, { vary: "Cookie" }));
    assert.equal(answer.status, 203);
    assert.equal(answer.headers.get("content-encoding"), encoding);
    assert.equal(answer.headers.get("vary"), "Cookie, Accept-Encoding");
    const bytes = new Uint8Array(await answer.arrayBuffer());
    assert.ok(bytes.length < TEXT.length / 10);
    assert.equal(new TextDecoder().decode(read(bytes)), TEXT);
  }
});

Deno.test("compress() leaves alone what is small, tagged, a download, a stream, empty or not asked for", async () => {
  const plain = async (response: Promise<Response>, text = TEXT) => {
    const answer = await response;
    assert.equal(answer.headers.get("content-encoding"), null);
    assert.equal(await answer.text(), text);
  };
  await plain(compress(asks("br"), html("short")), "short");
  await plain(compress(asks("br"), html(TEXT, { etag: '"3"' })));
  await plain(compress(asks("br"), html(TEXT, { "content-disposition": "attachment" })));
  await plain(compress(asks("br"), html(TEXT, { "content-type": "text/event-stream" })));
  await plain(compress(asks("br"), html(null)), "");
  await plain(compress(asks(), html(TEXT)));
  await plain(compress(asks("identity"), html(TEXT)));
});

Deno.test("acceptedEncoding() follows the weights", () => {
  assert.equal(acceptedEncoding("gzip, deflate, br, zstd"), "br");
  assert.equal(acceptedEncoding("gzip;q=1.0, br;q=0.5"), "gzip");
  assert.equal(acceptedEncoding("br;q=0, gzip"), "gzip");
  assert.equal(acceptedEncoding("*"), "br");
  assert.equal(acceptedEncoding("*;q=0"), undefined);
  assert.equal(acceptedEncoding(""), undefined);
});
