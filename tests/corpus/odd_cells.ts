/** Exports whose cells went through a spreadsheet, and levels and words that platforms have changed. */
import type { OddFile } from "./odd_files.ts";

/** The files. */
export const oddCells: OddFile[] = [
  {
    title: "LinkedIn in German: campaigns and ad groups as elsewhere",
    text: `Bericht zur Performance (in UTC)\r
Startdatum des Berichts: 1. September 2026\r
Enddatum des Berichts: 2. September 2026\r
\r
Startdatum (in UTC)\tName der Kampagne\tName der Anzeigengruppe\tAnzeigengruppen-ID\tGesamtausgaben\tImpressions\tKlicks\tConversions\tLeads\r
1.9.2026\tMarke\tLeads DACH\t123\t330,51\t4197\t17\t9\t2\r
2.9.2026\tMarke\tLeads DACH\t123\t1.030,00\t4000\t10\t3\t1\r
`,
    utf16: true,
    tables: [{
      "platform": "linkedin_ads",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 0,
      "range": "2026-09-01..2026-09-02",
      "currency": ["XXX"],
      "sums": { "impressions": "8197", "clicks_all": "27", "spend": "1360.51", "conversions": "12", "leads": "3" },
    }],
  },
  {
    title: "LinkedIn: campaigns and ad sets",
    text:
      `Start Date (in UTC),Account Name,Currency,Campaign Name,Campaign ID,Ad Set Name,Ad Set ID,Total Spent,Impressions,Clicks
9/1/2026,Acme,EUR,Brand,600,Leads,700,10.50,1000,10
9/2/2026,Acme,EUR,Brand,600,Leads,700,11.50,1100,11
`,
    tables: [{
      "platform": "linkedin_ads",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 0,
      "range": "2026-09-01..2026-09-02",
      "currency": ["EUR"],
      "sums": { "impressions": "2100", "clicks_all": "21", "spend": "22" },
    }],
  },
  {
    title: "Microsoft in German: the words of its help",
    text:
      `"Gregorianisches Datum","Kontoname","Kontonummer","Kampagne","Aufrufe","Klicks","Kosten","Abschlüsse","Durchschn. CPC","Umsatz"
"01.09.2026","Acme","F123","Marke","1.000","50","1.025,00","3","0,50","300,00"
"02.09.2026","Acme","F123","Marke","1.200","60","30,00","4","0,50","400,00"
`,
    tables: [{
      "platform": "microsoft_ads",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 0,
      "range": "2026-09-01..2026-09-02",
      "currency": ["XXX"],
      "sums": {
        "impressions": "2200",
        "clicks": "110",
        "spend": "1055",
        "conversions": "7",
        "conversion_value": "700",
      },
    }],
  },
  {
    title: "ids that a spreadsheet has rounded tell nothing apart",
    text: `Date,Campaign ID,Campaign,Spend,Clicks
2026-09-01,1.23457E+16,A,1.25,3
2026-09-01,1.23457E+16,B,2.50,4
`,
    tables: [{
      "platform": "other",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 0,
      "range": "2026-09-01..2026-09-01",
      "currency": ["XXX"],
      "sums": { "clicks": "7", "spend": "3.75" },
    }],
  },
  {
    title: "milliseconds since 1970",
    text: `date,campaign,impressions,spend,clicks
1788220800000,A,1000,10.5,10
1788307200000,A,1100,11.5,11
`,
    tables: [{
      "platform": "other",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 0,
      "range": "2026-09-01..2026-09-02",
      "currency": ["XXX"],
      "sums": { "impressions": "2100", "clicks": "21", "spend": "22" },
    }],
  },
  {
    title: "columns held apart by blanks are refused",
    text: `Date        Campaign   Impressions  Clicks  Spend
2026-09-01  Alpha      1000         10      10.50
2026-09-02  Beta       1100         11      11.50
`,
    tables: [{ "platform": "other", "dataset": "ads", "grain": null, "refused": true }],
  },
  {
    title: "formulas and errors in a sheet",
    text: ``,
    sheets: [{
      "name": "Daten",
      "rows": [["Datum", "Kampagne", "Kosten", "Klicks", "CTR"], [
        { "value": 46266, "format": "dd.mm.yyyy" },
        "A",
        { "formula": "1+9.5", "value": 10.5 },
        3,
        { "value": 0.03, "format": "0.00%" },
      ], [{ "value": 46267, "format": "dd.mm.yyyy" }, "A", 11.5, 4, "#DIV/0!"]],
    }],
    tables: [{
      "platform": "other",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 0,
      "range": "2026-09-01..2026-09-02",
      "currency": ["XXX"],
      "sums": { "clicks": "7", "spend": "22" },
    }],
  },
  {
    title: "Google Ads saved again by a German spreadsheet",
    text: `Kampagnenbericht;;;;;\r
1. September 2026 - 2. September 2026;;;;;\r
Tag;Kampagne;Währungscode;Kosten;Impr.;Klicks\r
01.09.2026;Marke;EUR;1234,56;10000;200\r
02.09.2026;Marke;EUR;34,44;1000;20\r
Gesamt: Konto;;EUR;1269;11000;220\r
`,
    tables: [{
      "platform": "google_ads",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 1,
      "range": "2026-09-01..2026-09-02",
      "currency": ["EUR"],
      "sums": { "impressions": "11000", "clicks": "220", "spend": "1269" },
    }],
  },
  {
    title: "Meta saved again by a German spreadsheet",
    text:
      `Berichtsstart;Berichtsende;Kampagnenname;Ausgegebener Betrag (EUR);Impressionen;Link-Klicks;Ergebnisse;Ergebnisindikator\r
01.09.2026;01.09.2026;A;10,5;1000;10;1;actions:offsite_conversion.fb_pixel_purchase\r
02.09.2026;02.09.2026;A;11,5;1100;11;2;actions:offsite_conversion.fb_pixel_purchase\r
`,
    tables: [{
      "platform": "meta_ads",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 0,
      "range": "2026-09-01..2026-09-02",
      "currency": ["EUR"],
      "sums": { "impressions": "2100", "clicks": "21", "spend": "22", "conversions": "3", "results": "3" },
    }],
  },
  {
    title: "campaigns whose names begin as totals do",
    text: `Date,Campaign,Impressions,Clicks,Spend
2026-09-01,Total Gym,1000,10,10.50
2026-09-01,Sum up,500,5,5.50
2026-09-02,Total Gym,1100,11,11.50
`,
    tables: [{
      "platform": "other",
      "dataset": "ads",
      "grain": "day",
      "rows": 3,
      "totals": 0,
      "range": "2026-09-01..2026-09-02",
      "currency": ["XXX"],
      "sums": { "impressions": "2600", "clicks": "26", "spend": "27.5" },
    }],
  },
  {
    title: "thin blanks that group",
    text: `Date;Campagne;Dépenses;Clics
01/09/2026;A;1 234,50;3
13/09/2026;A;2,50;4
`,
    tables: [{
      "platform": "other",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 0,
      "range": "2026-09-01..2026-09-13",
      "currency": ["XXX"],
      "sums": { "clicks": "7", "spend": "1237" },
    }],
  },
  {
    title: "two currencies by row",
    text: `Date,Campaign,Currency,Spend,Clicks
2026-09-01,A,EUR,10.5,3
2026-09-01,B,USD,11.5,4
`,
    tables: [{
      "platform": "other",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 0,
      "range": "2026-09-01..2026-09-01",
      "currency": ["EUR", "USD"],
      "sums": { "clicks": "7", "spend": "22" },
    }],
  },
  {
    title: "TikTok: few conversions are masked",
    text: `Date,Campaign name,Cost,Impressions,Clicks (destination),Conversions,Currency
2026-09-01,A,10.50,1000,12,<5,USD
2026-09-02,A,11.50,1100,13,7,USD
`,
    tables: [{
      "platform": "tiktok_ads",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 0,
      "range": "2026-09-01..2026-09-02",
      "currency": ["USD"],
      "sums": { "impressions": "2100", "clicks": "25", "spend": "22", "conversions": "7" },
    }],
  },
  {
    title: "platforms side by side in English are asked",
    text: `,,Google,Google,Meta,Meta
Date,Campaign,Spend,Clicks,Spend,Clicks
2026-09-01,A,10.5,3,20.5,6
2026-09-02,A,11.5,4,21.5,8
`,
    tables: [{ "platform": "other", "dataset": "ads", "grain": null, "questions": ["map:clicks", "map:spend"] }],
  },
  {
    title: "numbers that a dashboard has shortened",
    text: `Date,Campaign name,Impressions,Clicks,Cost,Currency
2026-09-01,Brand,1.2K,31,$1.5K,USD
2026-09-02,Brand,2.3M,1.1K,$950,USD
2026-09-03,Brand,845,12,$1.25K,USD
`,
    tables: [{
      "platform": "other",
      "dataset": "ads",
      "grain": "day",
      "rows": 3,
      "totals": 0,
      "range": "2026-09-01..2026-09-03",
      "currency": ["USD"],
      "sums": { "impressions": "2302045", "clicks": "1143", "spend": "3700" },
    }],
  },
];
