/** Requests that are not what the API takes: methods, content types, addresses, hosts. */
import assert from "node:assert/strict";
import { CSV, importFile, json, problemOf, sendRaw, withApp } from "./outside.ts";

Deno.test("[attack] a wrong method is 405 with what is allowed, an unknown address of the API a problem", () =>
  withApp(async (app) => {
    const { id } = await importFile(app, CSV);
    const expected: [string, string, string][] = [
      ["PUT", "/api/query", "POST, OPTIONS"],
      ["GET", "/api/query", "POST, OPTIONS"],
      ["HEAD", "/api/query", "POST, OPTIONS"],
      ["DELETE", "/api/imports", "GET, HEAD, POST, OPTIONS"],
      ["PATCH", `/api/imports/${id}`, "GET, HEAD, DELETE, OPTIONS"],
      ["GET", `/api/imports/${id}/rollback`, "POST, OPTIONS"],
      ["GET", `/api/imports/${id}/publish`, "POST, OPTIONS"],
      ["POST", "/healthz", "GET, HEAD, OPTIONS"],
      ["POST", "/", "GET, HEAD, OPTIONS"],
      ["GET", "/theme", "POST, OPTIONS"],
    ];
    for (const [method, path, allow] of expected) {
      const response = await app.fetch(path, { method });
      assert.equal(response.status, 405, `${method} ${path}`);
      assert.equal(response.headers.get("allow"), allow, `${method} ${path}`);
      if (method !== "HEAD" && path.startsWith("/api")) {
        assert.match(String((await problemOf(response, 405)).detail), new RegExp(method));
      } else await response.body?.cancel();
      const options = await app.fetch(path, { method: "OPTIONS" });
      assert.equal(options.status, 204);
      assert.equal(options.headers.get("allow"), allow, `OPTIONS ${path}`);
    }
    for (const path of ["/api", "/api/", "/api/nothing", "/api/imports/x/nothing", "/api/dashboards/a/b/c"]) {
      for (const method of ["GET", "POST", "DELETE", "OPTIONS"]) {
        assert.match(String((await problemOf(await app.fetch(path, { method }), 404)).detail), /nothing/, path);
      }
    }
  }));

Deno.test("[attack] GET and HEAD change nothing, nor do method overrides or forms sent to the JSON API", () =>
  withApp(async (app) => {
    const { id } = await importFile(app, CSV);
    await app.fetch("/api/dashboards", json({ id: "mine", title: "Mine" }));
    const override = { "x-http-method-override": "DELETE", "x-method-override": "DELETE", "x-http-method": "DELETE" };
    const attempts: [string, RequestInit, number[]][] = [
      ["/api/dashboards/mine?_method=DELETE", { headers: override }, [200]],
      ["/api/dashboards/mine?_method=DELETE", { method: "HEAD", headers: override }, [200]],
      ["/api/dashboards/mine?_method=DELETE", { method: "POST", headers: override }, [405]],
      ["/api/dashboards", { method: "POST", body: new URLSearchParams({ title: "x", _method: "PUT" }) }, [415]],
      ["/api/dashboards", { method: "POST", body: JSON.stringify({ title: "x" }) }, [415]],
      ["/api/query", { method: "POST", body: new URLSearchParams({ dataset: "ads" }) }, [415]],
      ["/api/datasets", { method: "POST", body: new FormData() }, [415]],
      [`/api/imports/${id}/answers`, { method: "POST", body: new URLSearchParams({ a: "b" }) }, [415]],
      [`/api/imports/${id}/rollback`, {}, [405]],
      [`/api/imports/${id}/rollback`, { method: "HEAD" }, [405]],
      [`/api/imports/${id}?_method=DELETE`, { method: "HEAD" }, [200]],
      ["/theme?theme=dark", {}, [405]],
    ];
    for (const [path, init, statuses] of attempts) {
      const response = await app.fetch(path, init);
      assert.ok(statuses.includes(response.status), `${init.method ?? "GET"} ${path}: ${response.status}`);
      await response.body?.cancel();
    }
    const { dashboards } = await (await app.fetch("/api/dashboards")).json();
    assert.deepEqual(dashboards.map((d: { id: string; version: number }) => [d.id, d.version]), [["mine", 1]]);
    assert.equal((await (await app.fetch(`/api/imports/${id}`)).json()).state, "published");
  }));

Deno.test("[attack] pages of lists, downloads and uploads take each parameter once, in its range", () =>
  withApp(async (app) => {
    const { id } = await importFile(app, CSV);
    for (
      const search of [
        "limit[]=1&limit=9e9",
        "limit=NaN",
        "limit=-1",
        "limit=0",
        "limit=1001",
        "limit=1e308",
        "limit=",
        "limit=1&limit=2",
        "offset=99999999999999999999",
        "cursor=abc",
        "cursor=%7B%22%24ne%22%3Anull%7D",
        `cursor=${"a".repeat(5_000)}`,
        "cursor[]=a",
      ]
    ) {
      await problemOf(await app.fetch(`/api/imports?${search}`), 400);
      if (!search.startsWith("cursor")) await problemOf(await app.fetch(`/api/imports/${id}/rejected?${search}`), 400);
    }
    await problemOf(await app.fetch(`/api/imports/${id}/rejected?format=xml`), 400);
    for (
      const search of [
        "dataset=ads&dataset=web",
        "dataset[]=web",
        "mode=delete",
        "again=maybe",
        "confirm=2",
        "dataset=__proto__",
        "dataset=" + "a".repeat(100),
        "filename=a&filename=b",
      ]
    ) {
      await problemOf(await app.fetch(`/api/imports?${search}`, { method: "POST", body: CSV }), 400);
    }
    assert.equal((await (await app.fetch("/api/imports")).json()).imports.length, 1);
  }));

Deno.test("[attack] a redirect stays on this site", () =>
  withApp(async (app) => {
    for (
      const [back, location] of [
        ["//evil.example", "/"],
        ["/\\evil.example", "/"],
        ["\\\\evil.example", "/"],
        ["/%5Cevil.example", "/"],
        ["/%2Fevil.example", "/"],
        ["/%5cevil.example", "/"],
        ["https:evil.example", "/"],
        ["https://evil.example/", "/"],
        ["javascript:alert(1)", "/"],
        ["data:text/html,x", "/"],
        ["\t//evil.example", "/"],
        ["http://localhost:8000@evil.example/", "/"],
        ["/dashboards/a?range=all", "/dashboards/a?range=all"],
        ["/a\r\nset-cookie: x=y", "/aset-cookie:%20x=y"],
      ] as const
    ) {
      const response = await app.fetch("/theme", {
        method: "POST",
        body: new URLSearchParams({ theme: "dark", back }),
      });
      assert.equal(response.status, 303);
      assert.equal(response.headers.get("location"), location, JSON.stringify(back));
    }
  }));

Deno.test("[attack] addresses lead to no file but those of the build", () =>
  withApp(async (app) => {
    const origin = app.listen();
    for (
      const path of [
        "/static/..%2f..%2fdeno.json",
        "/..%2fdeno.json",
        "/../deno.json",
        "/%2e%2e/deno.json",
        "/%2e%2e%2fdeno.json",
        "/..%5cdeno.json",
        "/%252e%252e%252fdeno.json",
        "/fonts/../../deno.json",
        "/fonts/..%2f..%2f..%2fdeno.json",
        "/fonts/..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
        "/_fresh/..%2fdeno.json",
        "/_fresh/snapshot.json",
        "/.env",
        "/.git/config",
        "/deno.json",
        "/guard.ts",
        "/app.css%00.html",
        "/app.css/..%2f..%2f..%2fdeno.json",
        "/data/tessera.sqlite",
        "/files/default",
        "//deno.json",
        "/./deno.json",
      ]
    ) {
      // Over a socket: a client would tidy the address up before it sends it.
      const answer = await sendRaw(origin, `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
      assert.match(answer, /^HTTP\/1\.1 40[034] /, `${path}: ${answer.slice(0, 100)}`);
      assert.doesNotMatch(answer, /nodeModulesDir|root:x|SQLite format|import \{/, path);
    }
  }));

Deno.test("[attack] a foreign Host is refused, whatever proxies are said to have forwarded", () =>
  withApp(async (app) => {
    const origin = app.listen();
    for (
      const host of [
        "evil.example",
        "localhost.evil.example",
        "localhost@evil.example",
        "127.0.0.1.evil.example",
        "0x7f.1.evil",
        "",
      ]
    ) {
      const answer = await sendRaw(origin, `GET /api/datasets HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      assert.match(answer, /^HTTP\/1\.1 40[03] /, `${host}: ${answer.slice(0, 100)}`);
    }
    const forwarded = await app.fetch("/api/openapi.json", {
      headers: { "x-forwarded-host": "evil.example", "x-forwarded-proto": "https", forwarded: "host=evil.example" },
    });
    assert.doesNotMatch(await forwarded.text(), /evil/);
    const absolute = await sendRaw(
      origin,
      "GET http://evil.example/api/datasets HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    );
    assert.match(absolute, /^HTTP\/1\.1 40[03] /);
  }));

Deno.test("[attack] event streams are for this site's pages", () =>
  withApp(async (app) => {
    const { id } = await importFile(app, CSV);
    for (const path of ["/api/events", `/api/imports/${id}/events`]) {
      for (const origin of ["https://evil.example", "null", "http://localhost.evil.example"]) {
        await problemOf(await app.fetch(path, { headers: { origin } }), 403);
      }
      const own = await app.fetch(path, { headers: { origin: "http://localhost:8000" } });
      assert.equal(own.status, 200);
      await own.body?.cancel();
    }
  }));

Deno.test("[attack] a body is read only as far as it may be long", () =>
  withApp(async (app) => {
    const { id } = await importFile(app, CSV);
    const endless = () => {
      let sent = 0;
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          sent += 65_536;
          if (sent > 50 * 2 ** 20) return controller.error(new Error("Nobody stopped reading"));
          controller.enqueue(new Uint8Array(65_536).fill(0x61));
        },
      });
      return { body, sent: () => sent };
    };
    const form = "application/x-www-form-urlencoded";
    for (
      const [path, type, most] of [
        ["/api/query", "application/json", 5 * 2 ** 20],
        ["/api/dashboards", "application/json", 5 * 2 ** 20],
        ["/theme", form, 2 ** 20],
        ["/theme", "multipart/form-data; boundary=x", 2 ** 20],
        [`/data/imports/${id}`, form, 2 ** 20],
      ] as const
    ) {
      const { body, sent } = endless();
      const response = await app.fetch(path, { method: "POST", headers: { "content-type": type }, body });
      assert.equal(response.status, 413, path);
      assert.ok(sent() <= most, `${path} read ${sent()} bytes`);
      await response.body?.cancel();
    }
    assert.equal((await app.fetch("/theme", json({ theme: "dark" }))).status, 415);
    assert.equal((await app.fetch("/theme", { method: "POST" })).status, 415);
    const broken = { method: "POST", headers: { "content-type": "multipart/form-data; boundary=x" }, body: "nothing" };
    assert.equal((await app.fetch("/theme", broken)).status, 400);
  }));
