/** Small exports as platforms and people write them, oddities and all, and what must come out of each. */

import type { WorkbookSheet } from "./make_workbook.ts";

/** What one table must become. */
export interface OddTable {
  platform: string;
  dataset: string;
  grain: string | null;
  /** Ids of what is asked. */
  questions?: string[];
  refused?: true;
  rows?: number;
  totals?: number;
  /** First and last day. */
  range?: string;
  currency?: string[];
  /** Exact sums of the additive measures. */
  sums?: Record<string, string>;
}

/** A file. */
export interface OddFile {
  title: string;
  text: string;
  utf16?: true;
  /** Where it is a workbook: its sheets, in place of the text. */
  sheets?: WorkbookSheet[];
  tables: OddTable[];
}
/** The files. */
export const oddFiles: OddFile[] = [
  {
    title: "LinkedIn: both ends of the range in one line, a total line, campaigns that are ad groups",
    text: `Campaign Performance Report (in UTC)
Report Start: 09/01/2026, Report End: 09/02/2026

Start Date (in UTC),Account Name,Campaign Name,Campaign ID,Total Spent,Impressions,Clicks,Clicks to Landing Page,Conversions,Total Conversion Value,Currency
09/01/2026,Acme,"Leads, directivos",11,"1,234.50",10000,200,150,3,300.00,USD
09/01/2026,Acme,Marca,12,10.25,500,4,2,0,0,USD
09/02/2026,Acme,"Leads, directivos",11,100.00,2000,40,30,1,100.00,USD
Total,,,,"1,344.75",12500,244,182,4,400.00,USD
`,
    tables: [{
      "platform": "linkedin_ads",
      "dataset": "ads",
      "grain": "day",
      "rows": 3,
      "totals": 1,
      "range": "2026-09-01..2026-09-02",
      "currency": ["USD"],
      "sums": {
        "impressions": "12500",
        "clicks": "182",
        "clicks_all": "244",
        "spend": "1344.75",
        "conversions": "4",
        "conversion_value": "400",
      },
    }],
  },
  {
    title: "Meta in Spanish: the day first as the language writes it, amounts with a mark",
    text: `Fecha;Nombre de la campaña;Importe gastado;Impresiones;Clics en el enlace;Conversiones
01/09/2026;Retargeting;12,50 €;3.000;45;2
02/09/2026;Retargeting;7,50 €;2.000;30;1
`,
    tables: [{
      "platform": "meta_ads",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 0,
      "range": "2026-09-01..2026-09-02",
      "currency": ["EUR"],
      "sums": { "impressions": "5000", "clicks": "75", "spend": "20", "conversions": "3" },
    }],
  },
  {
    title: "Google Ads in Portuguese: a range without days is one period",
    text: `Relatorio de campanhas
"1 de janeiro de 2026 - 30 de setembro de 2026"
Campanha,Status da campanha,Custo,Custo / conv.,Impr.,Cliques,Conversoes
Busca local,Ativada,"1.234,56","12,00",50000,900,"40,00"
Total: conta,,"1.234,56",,50000,900,40
`,
    tables: [{
      "platform": "google_ads",
      "dataset": "ads",
      "grain": "range",
      "rows": 1,
      "totals": 1,
      "range": "2026-01-01..2026-09-30",
      "currency": ["XXX"],
      "sums": { "impressions": "50000", "clicks": "900", "spend": "1234.56", "conversions": "40" },
    }],
  },
  {
    title: "Meta: a range is one period, a blank line is the total, only purchases are conversions",
    text:
      `Campaign name,Campaign delivery,Attribution setting,Results,Result indicator,Reach,Frequency,Cost per results,Ad set budget,Ad set budget type,Amount spent (USD),Ends,Impressions,Reporting starts,Reporting ends
Alpha,inactive,7-day click or 1-day view,12,actions:offsite_conversion.fb_pixel_purchase,1000,1.2,5.1,50,Daily,61.2,Ongoing,1200,2026-09-01,2026-09-30
Beta,active,7-day click or 1-day view,300,reach,300,1,0.1,20,Daily,30.5,Ongoing,300,2026-09-01,2026-09-30
,,Multiple attribution settings,,,1300,1.15,,,,91.7,,1500,2026-09-01,2026-09-30
`,
    tables: [{
      "platform": "meta_ads",
      "dataset": "ads",
      "grain": "range",
      "rows": 2,
      "totals": 1,
      "range": "2026-09-01..2026-09-30",
      "currency": ["USD"],
      "sums": { "impressions": "1500", "spend": "91.7", "conversions": "12", "results": "312" },
    }],
  },
  {
    title: "Meta in Portuguese: months by name, real",
    text:
      `Início dos relatórios,Término dos relatórios,Nome da campanha,Alcance,Impressões,Valor usado (BRL),Cliques no link,Resultados,Indicador de resultados
10 de dez. de 2022,10 de dez. de 2022,Natal,1000,2000,"1.050,30",30,2,actions:onsite_conversion.lead_grouped
11 de dez. de 2022,11 de dez. de 2022,Natal,1100,2200,"99,70",33,1,actions:onsite_conversion.lead_grouped
`,
    tables: [{
      "platform": "meta_ads",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 0,
      "range": "2022-12-10..2022-12-11",
      "currency": ["BRL"],
      "sums": { "impressions": "4200", "clicks": "63", "spend": "1150", "conversions": "3", "results": "3" },
    }],
  },
  {
    title: "TikTok: a masked cell, dashes, a total line that counts",
    text: `Campaign name,By Day,Cost,Impressions,Clicks (all),CTR (all),Conversions,CPA
Spark,2026-10-01,12.50,<5,3,0.10%,1,12.50
Spark,2026-10-02,7.50,900,3,0.33%,-,-
Total of 2 results,-,20.00,905,6,0.2%,1,20.00
`,
    tables: [{
      "platform": "tiktok_ads",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 1,
      "range": "2026-10-01..2026-10-02",
      "currency": ["XXX"],
      "sums": { "impressions": "900", "clicks_all": "6", "spend": "20", "conversions": "1" },
    }],
  },
  {
    title: "Microsoft Advertising: hours behind a bar, nine lines above, copyright below",
    text: `"Report Name: Campaign Performance Report"
"Report Time: 3/15/2020 - 3/16/2020"
"Time Zone: (GMT-08:00) Pacific Time (US & Canada); Tijuana"
"Last Completed Available Day: 3/16/2020 12:00:00 AM (GMT)"
"Last Completed Available Hour: 3/17/2020 7:00:00 AM (GMT)"
"Report Aggregation: Hourly"
"Report Filter: "
"Potential Incomplete Data: true"
"Rows: 4"

"TimePeriod","AccountId","AccountName","CampaignName","CampaignId","CurrencyCode","DeviceType","Impressions","Clicks","Ctr","AverageCpc","Spend","Conversions","Revenue"
"3/15/2020 12:00:00 AM|7","123","Acct","Brand","55","USD","Computer","1,000","12","1.20%","0.50","6.00","1","20.00"
"3/15/2020 12:00:00 AM|8","123","Acct","Brand","55","USD","Computer","500","10","2.00%","0.40","4.00","0","0.00"
"3/16/2020 12:00:00 AM|7","123","Acct","Brand","55","USD","Computer","100","2","2.00%","0.50","1.00","0","0.00"
"3/16/2020 12:00:00 AM|8","123","Acct","Brand","55","USD","Smartphone","100","2","2.00%","0.50","1.00","0","0.00"

"@2020 Microsoft Corporation. All rights reserved. "
`,
    tables: [{
      "platform": "microsoft_ads",
      "dataset": "ads",
      "grain": "day",
      "rows": 4,
      "totals": 0,
      "range": "2020-03-15..2020-03-16",
      "currency": ["USD"],
      "sums": { "impressions": "1700", "clicks": "26", "spend": "12", "conversions": "1", "conversion_value": "20" },
    }],
  },
  {
    title: "GA4 snapshot: three tables, days counted from the first one",
    text: `# ----------------------------------------
# Report snapshot
# Account: Shop
# Property: Shop - GA4
# ----------------------------------------
#
# All Users
# Start date: 20260801
# End date: 20260805
Nth day,Active users
0000,53
0001,40
0002,18
0003,12
0004,9

# Start date: 20260801
# End date: 20260805
Session primary channel group (Default channel group),Sessions
Organic Search,120
Direct,100
(not set),3

# Start date: 20260801
# End date: 20260805
Country,Active users
Germany,100
France,32
`,
    tables: [{
      "platform": "ga4",
      "dataset": "web",
      "grain": "day",
      "rows": 5,
      "totals": 0,
      "range": "2026-08-01..2026-08-05",
      "currency": [],
      "sums": {},
    }, {
      "platform": "ga4",
      "dataset": "web",
      "grain": "range",
      "rows": 3,
      "totals": 0,
      "range": "2026-08-01..2026-08-05",
      "currency": [],
      "sums": { "sessions": "223" },
    }, {
      "platform": "ga4",
      "dataset": "web",
      "grain": "range",
      "rows": 2,
      "totals": 0,
      "range": "2026-08-01..2026-08-05",
      "currency": [],
      "sums": {},
    }],
  },
  {
    title: "GA4 exploration: Grand total in a column of its own",
    text: `# ----------------------------------------
# Shop - GA4
# Free form 1
# 20260801-20260802
# ----------------------------------------

Date,Session source / medium,Sessions,Engaged sessions,Engagement rate,Total revenue
,,20,12,0.6,100.5,Grand total
20260801,google / organic,12,8,0.6667,60.25
20260802,(direct) / (none),8,4,0.5,40.25
`,
    tables: [{
      "platform": "ga4",
      "dataset": "web",
      "grain": "day",
      "rows": 2,
      "totals": 1,
      "range": "2026-08-01..2026-08-02",
      "currency": ["XXX"],
      "sums": { "sessions": "20", "engaged_sessions": "12", "revenue": "100.5" },
    }],
  },
  {
    title: "Shopify orders: a line an item, amounts in the first line of an order",
    text:
      `Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem requires shipping,Billing Name,Billing City,Billing Country,Cancelled at,Payment Method,Refunded Amount,Vendor,Id,Tags,Source
#1001,a@b.c,paid,2023-01-05 10:22:33 -0500,fulfilled,2023-01-06 10:22:33 -0500,no,USD,100.00,5.00,8.00,113.00,,0.00,Std,2023-01-05 10:22:30 -0500,1,Shirt - M,60.00,SH-M,true,A B,NYC,US,,Stripe,0.00,Acme,111,,web
#1001,a@b.c,,,,,,,,,,,,,,2023-01-05 10:22:30 -0500,2,Socks,20.00,SO,true,,,,,,,Acme,,,
#1002,x@y.z,paid,2023-01-06 11:00:00 -0500,fulfilled,,yes,USD,20.00,5.00,2.00,27.00,,0.00,Std,2023-01-06 10:59:00 -0500,1,Socks,20.00,SO,true,X Y,LA,US,,Stripe,0.00,Acme,112,,web
`,
    tables: [{
      "platform": "shopify",
      "dataset": "orders",
      "grain": "day",
      "rows": 3,
      "totals": 0,
      "range": "2023-01-05..2023-01-06",
      "currency": ["USD"],
      "sums": {
        "quantity": "4",
        "discounts": "0",
        "refunds": "0",
        "net_sales": "120",
        "shipping": "10",
        "taxes": "10",
        "revenue": "140",
      },
    }],
  },
  {
    title: "a Japanese sheet: digits of full width, the yen sign",
    text: `日付,キャンペーン名,表示回数,クリック数,費用
2026年11月1日,ブランド,１，２３４,５６,￥７，８９０
2026年11月2日,ブランド,２，０００,６０,￥１，０００
合計,,３，２３４,１１６,￥８，８９０
`,
    tables: [{
      "platform": "other",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 1,
      "range": "2026-11-01..2026-11-02",
      "currency": ["JPY"],
      "sums": { "impressions": "3234", "clicks": "116", "spend": "8890" },
    }],
  },
  {
    title: "weeks",
    text: `Week,Channel,Spend,Clicks
2026-11-02,Search,100.5,10
2026-11-09,Search,200.25,20
2026-11-16,Search,50,5
`,
    tables: [{
      "platform": "other",
      "dataset": "ads",
      "grain": "week",
      "rows": 3,
      "totals": 0,
      "range": "2026-11-02..2026-11-22",
      "currency": ["XXX"],
      "sums": { "clicks": "35", "spend": "350.75" },
    }],
  },
  {
    title: "a French sheet by month: names of months, blanks that group",
    text: `Month;Campagne;Coût;Clics;Impressions
janv. 2026;A;1 234,56;1 000;20 000
févr. 2026;A;234,56;100;2 000
mars 2026;A;4,56;10;200
Total;;1 473,68;1 110;22 200
`,
    tables: [{
      "platform": "other",
      "dataset": "ads",
      "grain": "month",
      "rows": 3,
      "totals": 1,
      "range": "2026-01-01..2026-03-31",
      "currency": ["XXX"],
      "sums": { "impressions": "22200", "clicks": "1110", "spend": "1473.68" },
    }],
  },
  {
    title: "dates in both orders in one column are asked",
    text: `Date,Campaign,Cost,Clicks
03/04/2026,A,1.5,1
13/04/2026,A,2.5,2
04/25/2026,A,3.5,3
`,
    tables: [{ "platform": "other", "dataset": "ads", "grain": null, "questions": ["dates:Date"] }],
  },
];
