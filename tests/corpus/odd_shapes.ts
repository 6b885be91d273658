/** Exports whose cells stand once for several rows, whose columns are days, whose headers say less than they should. */
import type { OddFile } from "./odd_files.ts";

/** The files. */
export const oddShapes: OddFile[] = [
  {
    title: "days that stand once for several rows are asked",
    text: `Date,Campaign,Impressions,Clicks,Spend
2026-09-01,A,1000,10,10.50
,B,500,5,5.50
2026-09-02,A,1100,11,11.50
,B,600,6,6.50
Grand Total,,3200,32,34.00
`,
    tables: [{ "platform": "other", "dataset": "ads", "grain": null, "questions": ["fill:Date"] }],
  },
  {
    title: "campaigns that stand once for several days are asked",
    text: `Campaign,Date,Impressions,Clicks,Spend
A,2026-09-01,1000,10,10.50
,2026-09-02,500,5,5.50
,2026-09-03,500,5,5.50
B,2026-09-01,1100,11,11.50
,2026-09-02,600,6,6.50
,2026-09-03,600,6,6.50
`,
    tables: [{ "platform": "other", "dataset": "ads", "grain": null, "questions": ["fill:Campaign"] }],
  },
  {
    title: "merged cells of a sheet are asked",
    text: ``,
    sheets: [{
      "name": "S",
      "rows": [
        ["Datum", "Kampagne", "Kosten", "Klicks"],
        [{ "value": 46266, "format": "yyyy-mm-dd" }, "A", 10.5, 3],
        [null, "B", 1.5, 1],
        [{ "value": 46267, "format": "yyyy-mm-dd" }, "A", 11.5, 4],
        [null, "B", 2.5, 2],
      ],
    }],
    tables: [{ "platform": "other", "dataset": "ads", "grain": null, "questions": ["fill:Datum"] }],
  },
  {
    title: "days as headers are refused",
    text: `Campaign,2026-09-01,2026-09-02,2026-09-03
A,10,11,12
B,20,21,22
`,
    tables: [{ "platform": "other", "dataset": "ads", "grain": null, "refused": true }],
  },
  {
    title: "days as headers with dots are refused",
    text: `Kampagne;01.09.2026;02.09.2026;03.09.2026
A;10;11;12
B;20;21;22
`,
    tables: [{ "platform": "other", "dataset": "ads", "grain": null, "refused": true }],
  },
  {
    title: "a header that stands twice over other numbers is asked",
    text: `Date,Campaign,Clicks,Clicks,Impressions,Spend
2026-09-01,A,10,8,1000,10.50
2026-09-02,A,11,9,1100,11.50
`,
    tables: [{ "platform": "other", "dataset": "ads", "grain": null, "questions": ["map:clicks"] }],
  },
  {
    title: "a word of cost among others is asked",
    text: `Date,Campaign,Impressions,Clicks,Net Cost excl. Fees
2026-09-01,A,1000,10,10.50
2026-09-02,A,1100,11,11.50
`,
    tables: [{ "platform": "other", "dataset": "ads", "grain": null, "questions": ["map:spend"] }],
  },
  {
    title: "a word of cost among others in German is asked",
    text: `Datum;Kampagne;Impressionen;Klicks;Kosten netto in Euro;Kosten pro Klick
01.09.2026;A;1000;10;10,50;1,05
13.09.2026;A;1100;11;11,50;1,05
`,
    tables: [{ "platform": "other", "dataset": "ads", "grain": null, "questions": ["map:spend"] }],
  },
  {
    title: "TikTok: a total line above the days has no gap",
    text:
      `Campaign name,By Day,Cost,CPC (destination),CPM,Impressions,Clicks (destination),CTR (destination),Conversions,Cost per conversion,Conversion rate (CVR),Results,Currency
Total of 2 results,-,22.00,0.88,10.48,2100,25,1.19%,2,11.00,8.00%,2,USD
Spark,2026-09-01,10.50,0.88,10.50,1000,12,1.20%,1,10.50,8.33%,1,USD
Spark,2026-09-02,11.50,0.88,10.45,1100,13,1.18%,1,11.50,7.69%,1,USD
`,
    tables: [{
      "platform": "tiktok_ads",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 1,
      "range": "2026-09-01..2026-09-02",
      "currency": ["USD"],
      "sums": { "impressions": "2100", "clicks": "25", "spend": "22", "conversions": "2", "results": "2" },
    }],
  },
  {
    title: "GA4: ISO weeks in digits",
    text: `ISO week of ISO year,Session medium,Sessions,Total revenue
202636,organic,1000,1200.5
202637,organic,900,1000
`,
    tables: [{
      "platform": "other",
      "dataset": "web",
      "grain": "week",
      "rows": 2,
      "totals": 0,
      "range": "2026-08-31..2026-09-13",
      "currency": ["XXX"],
      "sums": { "sessions": "1900", "revenue": "2200.5" },
    }],
  },
  {
    title: "GA4: months in digits",
    text: `# Start date: 20260801
# End date: 20260930
Year month,Session medium,Sessions,Total revenue
202608,organic,1000,1200.5
202609,organic,900,1000
`,
    tables: [{
      "platform": "ga4",
      "dataset": "web",
      "grain": "month",
      "rows": 2,
      "totals": 0,
      "range": "2026-08-01..2026-09-30",
      "currency": ["XXX"],
      "sums": { "sessions": "1900", "revenue": "2200.5" },
    }],
  },
  {
    title: "Amazon: a bulk sheet counts everything several times",
    text: ``,
    sheets: [{
      "name": "Portfolios",
      "rows": [["Product", "Entity", "Operation", "Portfolio Id", "Portfolio Name"], [
        "Portfolios",
        "Portfolio",
        "",
        "1",
        "P",
      ]],
    }, {
      "name": "Sponsored Products Campaigns",
      "rows": [[
        "Product",
        "Entity",
        "Operation",
        "Campaign ID",
        "Ad Group ID",
        "Portfolio ID",
        "Campaign Name",
        "Ad Group Name",
        "Start Date",
        "End Date",
        "Targeting Type",
        "State",
        "Daily Budget",
        "SKU",
        "Ad Group Default Bid",
        "Bid",
        "Keyword Text",
        "Match Type",
        "Impressions",
        "Clicks",
        "Click-through Rate",
        "Spend",
        "Sales",
        "Orders",
        "Units",
        "Conversion Rate",
        "ACOS",
        "CPC",
        "ROAS",
      ], [
        "Sponsored Products",
        "Campaign",
        "",
        "11",
        "",
        "1",
        "C1",
        "",
        "20260101",
        "",
        "Manual",
        "enabled",
        10,
        "",
        "",
        "",
        "",
        "",
        1000,
        10,
        0.01,
        5,
        50,
        2,
        2,
        0.2,
        0.1,
        0.5,
        10,
      ], [
        "Sponsored Products",
        "Ad Group",
        "",
        "11",
        "22",
        "",
        "C1",
        "AG",
        "",
        "",
        "",
        "enabled",
        "",
        "",
        0.5,
        "",
        "",
        "",
        1000,
        10,
        0.01,
        5,
        50,
        2,
        2,
        0.2,
        0.1,
        0.5,
        10,
      ], [
        "Sponsored Products",
        "Keyword",
        "",
        "11",
        "22",
        "",
        "C1",
        "AG",
        "",
        "",
        "",
        "enabled",
        "",
        "",
        "",
        0.5,
        "shoe",
        "exact",
        1000,
        10,
        0.01,
        5,
        50,
        2,
        2,
        0.2,
        0.1,
        0.5,
        10,
      ]],
    }],
    tables: [{ "platform": "other", "dataset": "ads", "grain": null, "refused": true }, {
      "platform": "amazon_ads",
      "dataset": "ads",
      "grain": null,
      "refused": true,
    }],
  },
  {
    title: "Amazon console in German",
    text:
      `Status;Kampagnenname;Land;Typ;Startdatum;Enddatum;Budget(EUR);Impressionen;Klicks;Klickrate (CTR);Ausgaben(EUR);CPC(EUR);Bestellungen;Umsatz(EUR);ACOS;ROAS
Wird ausgeliefert;SP Auto;Deutschland;SP;01.09.2026;;50,00;1.000;20;2,00 %;12,34 €;0,62 €;3;90,00 €;13,71 %;7,29
`,
    tables: [{ "platform": "amazon_ads", "dataset": "ads", "grain": null, "questions": ["range"] }],
  },
  {
    title: "Snapchat in German",
    text: `Startzeit;Endzeit;Kampagnenname;Ausgegebener Betrag;Bezahlte Impressionen;Swipe-ups
2026-09-01;2026-09-01;S;1.012,34;1.000;20
2026-09-02;2026-09-02;S;10,00;1.100;22
`,
    tables: [{
      "platform": "snapchat",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 0,
      "range": "2026-09-01..2026-09-02",
      "currency": ["XXX"],
      "sums": { "impressions": "2100", "clicks": "42", "spend": "1022.34" },
    }],
  },
  {
    title: "Meta in Italian",
    text:
      `Nome della campagna;Giorno;Pubblicazione della campagna;Risultati;Indicatore risultato;Copertura;Impression;Importo speso (EUR);Clic sul link;Inizio del report;Fine del report
P;2026-09-01;active;3;actions:offsite_conversion.fb_pixel_purchase;500;1.000;1.010,00;10;2026-09-01;2026-09-30
P;2026-09-02;active;2;actions:offsite_conversion.fb_pixel_purchase;400;900;9,00;9;2026-09-01;2026-09-30
`,
    tables: [{
      "platform": "meta_ads",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 0,
      "range": "2026-09-01..2026-09-02",
      "currency": ["EUR"],
      "sums": { "impressions": "1900", "clicks": "19", "spend": "1019", "conversions": "5", "results": "5" },
    }],
  },
  {
    title: "Matomo in French",
    text: `Date\tVisiteurs uniques\tVisites\tActions\tTaux de rebond
2026-09-01\t100\t120\t400\t50%
2026-09-02\t110\t130\t420\t50%
`,
    utf16: true,
    tables: [{
      "platform": "other",
      "dataset": "web",
      "grain": "day",
      "rows": 2,
      "totals": 0,
      "range": "2026-09-01..2026-09-02",
      "currency": [],
      "sums": { "sessions": "250" },
    }],
  },
  {
    title: "days with dots and without a year are asked for theirs",
    text: `Datum;Kampagne;Kosten;Klicks
13.09.;A;1,25;3
14.09.;A;2,50;4
`,
    tables: [{ "platform": "other", "dataset": "ads", "grain": null, "questions": ["year"] }],
  },
  {
    title: "platforms side by side are asked",
    text: ``,
    sheets: [{
      "name": "Media",
      "rows": [
        ["Mediaplan Q3"],
        [],
        ["", "", "Google Ads", null, null, "Meta Ads", null, null],
        ["Datum", "Kampagne", "Kosten", "Klicks", "Impressionen", "Kosten", "Klicks", "Impressionen"],
        [{ "value": 46266, "format": "yyyy-mm-dd" }, "A", 10.5, 3, 100, 20.5, 6, 200],
        [{ "value": 46267, "format": "yyyy-mm-dd" }, "A", 11.5, 4, 110, 21.5, 8, 210],
      ],
    }],
    tables: [{
      "platform": "other",
      "dataset": "ads",
      "grain": null,
      "questions": ["map:impressions", "map:clicks", "map:spend"],
    }],
  },
  {
    title: "LinkedIn in French",
    text: `Rapport sur les performances des campagnes (en UTC)\r
Début du rapport : 1 septembre 2026 00:00\r
Fin du rapport : 2 septembre 2026 23:59\r
Date de génération : 10 septembre 2026\r
\r
Date de début (en UTC)\tNom du compte\tDevise\tNom du groupe de campagnes\tNom de la campagne\tTotal dépensé\tImpressions\tClics\tTaux de clics\tConversions\r
01/09/2026\tAcme\tEUR\tT3\tLeads\t1 234,50\t10 000\t100\t1,00 %\t2\r
02/09/2026\tAcme\tEUR\tT3\tLeads\t100,00\t900\t9\t1,00 %\t0\r
`,
    utf16: true,
    tables: [{
      "platform": "linkedin_ads",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 0,
      "range": "2026-09-01..2026-09-02",
      "currency": ["EUR"],
      "sums": { "impressions": "10900", "clicks_all": "109", "spend": "1334.5", "conversions": "2" },
    }],
  },
  {
    title: "LinkedIn in Japanese",
    text:
      `開始日(UTC)\tアカウント名\t通貨\tキャンペーングループ名\tキャンペーン名\t総費用\tインプレッション\tクリック\t平均CPC\r
2026/09/01\tAcme\tJPY\tQ3\tリード\t12,345\t10,000\t100\t123\r
2026/09/02\tAcme\tJPY\tQ3\tリード\t1,000\t900\t9\t111\r
`,
    utf16: true,
    tables: [{
      "platform": "linkedin_ads",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 0,
      "range": "2026-09-01..2026-09-02",
      "currency": ["JPY"],
      "sums": { "impressions": "10900", "clicks_all": "109", "spend": "13345" },
    }],
  },
  {
    title: "TikTok in German, a workbook",
    text: ``,
    sheets: [{
      "name": "Sheet1",
      "rows": [
        [
          "Datum",
          "Kampagnenname",
          "Kampagnen-ID",
          "Währung",
          "Kosten",
          "Impressionen",
          "Klicks (Ziel)",
          "Conversions",
          "CPA",
        ],
        ["2026-09-01", "Spark", "179", "EUR", "10,50", "1.000", "12", "1", "10,50"],
        ["2026-09-02", "Spark", "179", "EUR", "1.011,50", "1.100", "13", "0", "-"],
        ["Gesamt", "-", "-", "EUR", "1.022,00", "2.100", "25", "1", "1.022,00"],
      ],
    }],
    tables: [{
      "platform": "tiktok_ads",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 1,
      "range": "2026-09-01..2026-09-02",
      "currency": ["EUR"],
      "sums": { "impressions": "2100", "clicks": "25", "spend": "1022", "conversions": "1" },
    }],
  },
  {
    title: "Meta in Japanese",
    text:
      `キャンペーン名,日,配信,結果,結果インジケーター,リーチ,インプレッション,消化金額 (JPY),リンクのクリック,レポート開始日,レポート終了日
集客,2026-09-01,active,3,actions:offsite_conversion.fb_pixel_purchase,500,1000,1010,10,2026-09-01,2026-09-30
集客,2026-09-02,active,2,actions:offsite_conversion.fb_pixel_purchase,400,900,900,9,2026-09-01,2026-09-30
`,
    tables: [{
      "platform": "meta_ads",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 0,
      "range": "2026-09-01..2026-09-02",
      "currency": ["JPY"],
      "sums": { "impressions": "1900", "clicks": "19", "spend": "1910", "conversions": "5", "results": "5" },
    }],
  },
];
