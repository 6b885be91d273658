import assert from "node:assert/strict";
import { detectEncoding } from "./detect_encoding.ts";

const TEXT = "Day;Kampagne;Kosten\n2026-11-01;Größe – 5 €;1,50\n";

function units(text: string, bytesEach: 2 | 4, little: boolean): Uint8Array {
  const codes = bytesEach === 2
    ? Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))
    : [...text].map((letter) => letter.codePointAt(0)!);
  const bytes = new Uint8Array(codes.length * bytesEach);
  const view = new DataView(bytes.buffer);
  codes.forEach((code, at) =>
    bytesEach === 2 ? view.setUint16(at * 2, code, little) : view.setUint32(at * 4, code, little)
  );
  return bytes;
}

/** Text in an encoding of one or two bytes, by looking up what each pair of bytes stands for. */
function encode(text: string, encoding: string): Uint8Array {
  const table = new Map<string, number[]>();
  const decoder = new TextDecoder(encoding, { fatal: true });
  for (let a = 0x80; a < 0x100; a++) {
    for (const bytes of [[a], ...Array.from({ length: 0x100 - 0x40 }, (_, b) => [a, b + 0x40])]) {
      try {
        const letter = decoder.decode(new Uint8Array(bytes));
        if ([...letter].length === 1 && !table.has(letter)) table.set(letter, bytes);
      } catch {
        continue; // these bytes are no letter
      }
    }
  }
  return new Uint8Array([...text].flatMap((letter) => letter < "\x80" ? [letter.charCodeAt(0)] : table.get(letter)!));
}

Deno.test("detectEncoding() tells encodings by their bytes, with and without a mark", () => {
  const cases: [string, Uint8Array][] = [
    ["utf-8", new TextEncoder().encode(TEXT)],
    ["utf-8", new TextEncoder().encode(`\ufeff${TEXT}`)],
    ["utf-16le", units(`\ufeff${TEXT}`, 2, true)],
    ["utf-16be", units(`\ufeff${TEXT}`, 2, false)],
    ["utf-16le", units(TEXT, 2, true)],
    ["utf-16be", units(TEXT, 2, false)],
    ["utf-32le", units(`\ufeff${TEXT}`, 4, true)],
    ["utf-32be", units(`\ufeff${TEXT}`, 4, false)],
    ["utf-32le", units(TEXT, 4, true)],
    ["utf-32be", units(TEXT, 4, false)],
    ["windows-1252", encode(TEXT, "windows-1252")],
  ];
  for (const [encoding, bytes] of cases) {
    const found = detectEncoding(bytes, true);
    assert.equal(found.encoding, encoding);
    assert.equal(found.text.replace(/^\ufeff/, ""), TEXT, encoding);
  }
  assert.equal(detectEncoding(encode("Coût;Jour\n1;2\n", "windows-1252"), true).encoding, "latin-1");
});

Deno.test("detectEncoding() tells other scripts from Western letters", () => {
  const rows: Record<string, string> = {
    "shift_jis": "日付,キャンペーン,費用\n2026年11月1日,ブランド検索キャンペーン,1200\n",
    "gb18030": "日期,广告系列,费用,展示次数\n2026-11-01,品牌搜索广告系列,1200,我们的中文数据\n",
    "euc-kr": "날짜,캠페인,비용\n2026-11-01,브랜드 검색 캠페인,1200\n",
    "windows-1251": "Дата,Кампания,Расходы\n2026-11-01,Поисковая кампания бренда,1200\n",
  };
  for (const [encoding, text] of Object.entries(rows)) {
    const found = detectEncoding(encode(text, encoding), true);
    assert.equal(found.encoding, encoding);
    assert.equal(found.text, text, encoding);
  }
  for (const text of ["Größe,Öl,Käse\n", "Año,Campaña,Español\n", "Début,Coût,Année\n", "Início,Ação,Município\n"]) {
    assert.equal(detectEncoding(encode(text.repeat(5), "windows-1252"), true).encoding, "latin-1", text);
  }
});

Deno.test("detectEncoding() reads UTF-8 with a damaged letter as UTF-8, and one that the head cuts in two", () => {
  const bytes = new TextEncoder().encode("é,ü,ö,ä,ß,à\n".repeat(4));
  const damaged = bytes.slice();
  damaged[0] = 0xff;
  damaged[1] = 0x2e;
  assert.equal(detectEncoding(damaged, true).encoding, "utf-8");
  assert.equal(detectEncoding(bytes.slice(0, 1), false).encoding, "utf-8");
});

Deno.test("detectEncoding() names the place of a NUL byte", () => {
  assert.throws(() => detectEncoding(new TextEncoder().encode("Day,Cost\r\n1,2\r\n3,\0\r\n"), true), {
    code: "nul-byte",
    message: /line 3 holds a NUL byte at position 3/,
  });
});
