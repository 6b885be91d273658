/** More small exports: sheets that people keep, and exports that differ in one thing from what is usual. */
import type { OddFile } from "./odd_files.ts";

/** The files. */
export const oddSheets: OddFile[] = [
  {
    title: "dates that may be read either way are asked",
    text: `Date,Campaign,Cost,Clicks
03/04/2026,A,1.5,1
04/04/2026,A,2.5,2
05/04/2026,A,3.5,3
`,
    tables: [{ "platform": "other", "dataset": "ads", "grain": null, "questions": ["dates:Date"] }],
  },
  {
    title: "numbers that may be read either way are asked",
    text: `Date,Campaign,Cost,Clicks
2026-04-01,A,1.234,1
2026-04-02,A,2.500,2
`,
    tables: [{ "platform": "other", "dataset": "ads", "grain": null, "questions": ["numbers"] }],
  },
  {
    title: "day numbers of a spreadsheet",
    text: `Date,Campaign,Cost,Clicks
46113,A,1.23,1
46114,A,2.50,2
`,
    tables: [{
      "platform": "other",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 0,
      "range": "2026-04-01..2026-04-02",
      "currency": ["XXX"],
      "sums": { "clicks": "3", "spend": "3.73" },
    }],
  },
  {
    title: "totals of groups, and of all",
    text: `Date,Campaign,Spend,Clicks
2026-04-01,A,1.00,1
2026-04-02,A,2.00,2
A Total,,3.00,3
2026-04-01,B,4.00,4
2026-04-02,B,5.00,5
B Total,,9.00,9
Grand Total,,12.00,12
`,
    tables: [{
      "platform": "other",
      "dataset": "ads",
      "grain": "day",
      "rows": 4,
      "totals": 3,
      "range": "2026-04-01..2026-04-02",
      "currency": ["XXX"],
      "sums": { "clicks": "12", "spend": "12" },
    }],
  },
  {
    title: "brackets for minus, errors of a spreadsheet",
    text: `Date,Campaign,Spend,Clicks
2026-04-01,A,"(1,234.50)",1
2026-04-02,A,"$2,000.00",2
2026-04-03,A,#DIV/0!,2
2026-04-04,A,NULL,2
`,
    tables: [{
      "platform": "other",
      "dataset": "ads",
      "grain": "day",
      "rows": 4,
      "totals": 0,
      "range": "2026-04-01..2026-04-04",
      "currency": ["USD"],
      "sums": { "clicks": "7", "spend": "765.5" },
    }],
  },
  {
    title: "lakhs and crores",
    text: `Date,Campaign name,Amount spent (INR),Impressions,Link clicks,Reach
2026-04-01,A,"1,23,456.00","12,34,567",100,"10,000"
2026-04-02,A,"23,456.00","2,34,567",10,"9,000"
`,
    tables: [{
      "platform": "meta_ads",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 0,
      "range": "2026-04-01..2026-04-02",
      "currency": ["INR"],
      "sums": { "impressions": "1469134", "clicks": "110", "spend": "146912" },
    }],
  },
  {
    title: "Swiss: apostrophes, the currency in the header",
    text: `Datum;Kampagne;Kosten (CHF);Klicks;Impressionen
01.04.2026;A;1'234.56;100;12'345
02.04.2026;A;234.50;10;2'345
`,
    tables: [{
      "platform": "other",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 0,
      "range": "2026-04-01..2026-04-02",
      "currency": ["CHF"],
      "sums": { "impressions": "14690", "clicks": "110", "spend": "1469.06" },
    }],
  },
  {
    title: "year, month and day in columns of their own",
    text: `Year,Month,Day,Campaign,Spend,Impressions
2026,4,1,A,1.5,100
2026,4,2,A,2.5,200
`,
    tables: [{
      "platform": "other",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 0,
      "range": "2026-04-01..2026-04-02",
      "currency": ["XXX"],
      "sums": { "impressions": "300", "spend": "4" },
    }],
  },
  {
    title: "micros by their header",
    text: `date,campaign_id,campaign_name,cost_micros,impressions,clicks
2026-04-01,11,A,1500000,100,5
2026-04-02,11,A,2500000,200,6
`,
    tables: [{
      "platform": "google_ads",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 0,
      "range": "2026-04-01..2026-04-02",
      "currency": ["XXX"],
      "sums": { "impressions": "300", "clicks": "11", "spend": "4" },
    }],
  },
  {
    title: "Meta: All in the column of days is a total; results of unknown kind are asked",
    text: `Nombre de la campaña,Día,Importe gastado (USD),Impresiones,Resultados,Inicio del informe,Fin del informe
A,All,10.5,1000,3,2026-04-01,2026-04-30
A,2026-04-01,4.5,400,1,2026-04-01,2026-04-30
A,2026-04-02,6,600,2,2026-04-01,2026-04-30
`,
    tables: [{ "platform": "meta_ads", "dataset": "ads", "grain": null, "questions": ["conversions"] }],
  },
  {
    title: "Amazon Ads: the window of attribution in the headers",
    text:
      `Date,Portfolio name,Currency,Campaign Name,Ad Group Name,Targeting,Match Type,Customer Search Term,Impressions,Clicks,Click-Thru Rate (CTR),Cost Per Click (CPC),Spend,7 Day Total Sales ,Total Advertising Cost of Sales (ACOS) ,Total Return on Advertising Spend (ROAS),7 Day Total Orders (#),7 Day Total Units (#),7 Day Conversion Rate,7 Day Advertised SKU Units (#),7 Day Other SKU Units (#),7 Day Advertised SKU Sales ,7 Day Other SKU Sales 
"Oct 01, 2026",P,USD,C,G,kw,BROAD,red shoe,100,5,5.0%,$0.50,$2.50,$25.00,10%,10.00,1,1,20%,1,0,$25.00,$0.00
"Oct 02, 2026",P,USD,C,G,kw,BROAD,red shoe,200,5,2.5%,$0.50,$2.50,$0.00,,0.00,0,0,0%,0,0,$0.00,$0.00
`,
    tables: [{
      "platform": "amazon_ads",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 0,
      "range": "2026-10-01..2026-10-02",
      "currency": ["USD"],
      "sums": {
        "impressions": "300",
        "clicks": "10",
        "spend": "5",
        "conversions": "1",
        "conversion_value": "25",
        "units": "1",
      },
    }],
  },
  {
    title: "Google Ads Editor: settings are no report",
    text:
      `Campaign	Labels	Campaign Type	Networks	Budget	Budget type	Bid Strategy Type	Ad Group	Max CPC	Headline 1	Description 1	Final URL
A		Search	Google search	10.00	Daily	Manual CPC	G	0.50	Buy	Now	https://x.y
`,
    utf16: true,
    tables: [{ "platform": "other", "dataset": "ads", "grain": null, "questions": ["range"], "refused": true }],
  },
  {
    title: "Mailchimp: campaigns with all their numbers",
    text:
      `Title,Subject,List,Send Date,Send Weekday,Total Recipients,Successful Deliveries,Soft Bounces,Hard Bounces,Total Bounces,Times Forwarded,Forwarded Opens,Unique Opens,Open Rate,Total Opens,Unique Clicks,Click Rate,Total Clicks,Unsubscribes,Abuse Complaints,Unique Id,Total Orders,Total Gross Sales,Total Revenue
N1,"Hi, there",L,"Sep 03, 2026 09:46 am",Thursday,100,98,1,1,2,0,0,40,40.82%,60,10,10.2%,12,1,0,abc,2,50.00,45.00
`,
    tables: [{
      "platform": "mailchimp",
      "dataset": "email",
      "grain": "day",
      "rows": 1,
      "totals": 0,
      "range": "2026-09-03..2026-09-03",
      "currency": ["XXX"],
      "sums": {
        "sent": "100",
        "delivered": "98",
        "opens": "60",
        "unique_opens": "40",
        "clicks": "12",
        "unique_clicks": "10",
        "unsubscribes": "1",
        "hard_bounces": "1",
        "soft_bounces": "1",
        "bounces": "2",
        "complaints": "0",
        "orders": "2",
        "revenue": "45",
      },
    }],
  },
  {
    title: "AdWords API: a cost in micros by its title",
    text: `"CAMPAIGN_PERFORMANCE_REPORT (Jan 1, 2015-Jan 2, 2015)"
Day,Campaign,Clicks,Impressions,Cost
2015-01-01,A,10,100,1500000
2015-01-02,A,10,100,2500000
Total, --,20,200,4000000
`,
    tables: [{
      "platform": "google_ads",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 1,
      "range": "2015-01-01..2015-01-02",
      "currency": ["XXX"],
      "sums": { "impressions": "200", "clicks": "20", "spend": "4" },
    }],
  },
  {
    title: "hours of a day in rows of their own",
    text: `Date,Campaign,Spend,Impressions
2026-04-01 07:00,A,1.5,100
2026-04-01 08:00,A,2.5,200
2026-04-02 07:00,A,3.5,300
`,
    tables: [{
      "platform": "other",
      "dataset": "ads",
      "grain": "day",
      "rows": 3,
      "totals": 0,
      "range": "2026-04-01..2026-04-02",
      "currency": ["XXX"],
      "sums": { "impressions": "600", "spend": "7.5" },
    }],
  },
  {
    title: "words around a name",
    text: `report_date,Campaign name,Total spend (USD),No. of clicks,total_impressions
2026-04-01,A,1.5,10,100
2026-04-02,A,2.5,20,200
`,
    tables: [{
      "platform": "other",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 0,
      "range": "2026-04-01..2026-04-02",
      "currency": ["USD"],
      "sums": { "impressions": "300", "clicks": "30", "spend": "4" },
    }],
  },
  {
    title: "two columns that may each be the value are asked",
    text: `Date,Campaign,Spend,Impressions,Sale amount,Total conversion value
2026-04-01,A,1.5,100,10,11
2026-04-02,A,2.5,200,20,21
`,
    tables: [{ "platform": "other", "dataset": "ads", "grain": null, "questions": ["map:conversion_value"] }],
  },
  {
    title: "quarter and year in columns of their own",
    text: `Quarter;Year;Campaign;Cost;Impressions
Q1;2026;A;1,50;100
Q2;2026;A;2,50;200
`,
    tables: [{
      "platform": "other",
      "dataset": "ads",
      "grain": "quarter",
      "rows": 2,
      "totals": 0,
      "range": "2026-01-01..2026-06-30",
      "currency": ["XXX"],
      "sums": { "impressions": "300", "spend": "4" },
    }],
  },
  {
    title: "a total that does not fit",
    text: `Date,Campaign,Cost,Clicks
2026-04-01,A,1.00,1
2026-04-02,A,2.00,2
Total,,5.00,3
`,
    tables: [{
      "platform": "other",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 1,
      "range": "2026-04-01..2026-04-02",
      "currency": ["XXX"],
      "sums": { "clicks": "3", "spend": "3" },
    }],
  },
  {
    title: "Search Console in German: queries without days are asked for theirs",
    text: `Häufigste Suchanfragen;Klicks;Impressionen;Klickrate;Position
schuhe;10;1.000;1,00 %;3,2
stiefel;5;500;1,00 %;4,1
`,
    tables: [{ "platform": "search_console", "dataset": "web", "grain": null, "questions": ["range"] }],
  },
  {
    title: "Snapchat: two days in a cell are a period",
    text:
      `Week,Campaign Name,Ad Set Name,Ad Name,Amount Spent,Paid Impressions,Clicks,Landing Page Views,Adds To Cart,Purchases,Purchases Value
2026-09-07 - 2026-09-13,C,S,A,10.50,1000,10,8,3,1,40.00
2026-09-14 - 2026-09-20,C,S,A,11.50,1100,11,9,4,2,80.00
`,
    tables: [{
      "platform": "snapchat",
      "dataset": "ads",
      "grain": "range",
      "rows": 2,
      "totals": 0,
      "range": "2026-09-07..2026-09-20",
      "currency": ["XXX"],
      "sums": {
        "impressions": "2100",
        "clicks": "21",
        "spend": "22",
        "conversion_value": "120",
        "orders": "3",
        "adds_to_cart": "7",
        "landing_page_views": "17",
      },
    }],
  },
  {
    title: "X: two days in a cell that are one",
    text: `Time period,Funding source name,Campaign name,Impressions,Spend,Clicks,Link clicks,Tweet engagements,Currency
2026-09-01 - 2026-09-01,Visa,C,1000,10.5,30,10,40,USD
2026-09-02 - 2026-09-02,Visa,C,1100,11.5,31,11,41,USD
`,
    tables: [{
      "platform": "x_ads",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 0,
      "range": "2026-09-01..2026-09-02",
      "currency": ["USD"],
      "sums": { "impressions": "2100", "clicks": "21", "clicks_all": "61", "spend": "22", "engagements": "81" },
    }],
  },
  {
    title: "a German range in a cell",
    text: `Period,Campaign,Cost,Impressions
01.09.2026 - 30.09.2026,A,"1.234,50","1.000"
01.09.2026 - 30.09.2026,B,"234,50","100"
`,
    tables: [{
      "platform": "other",
      "dataset": "ads",
      "grain": "range",
      "rows": 2,
      "totals": 0,
      "range": "2026-09-01..2026-09-30",
      "currency": ["XXX"],
      "sums": { "impressions": "1100", "spend": "1469" },
    }],
  },
  {
    title: "shares that are hidden, a total by campaigns",
    text: `Campaign report
"September 1, 2026 - September 30, 2026"
Campaign,Cost,Impr.,Search impr. share,Search lost IS (rank)
A,10.00,100,45.30%,< 10%
B,20.00,200, --,> 90%
Total: Campaigns,30.00,300,45%, --
`,
    tables: [{
      "platform": "google_ads",
      "dataset": "ads",
      "grain": "range",
      "rows": 2,
      "totals": 1,
      "range": "2026-09-01..2026-09-30",
      "currency": ["XXX"],
      "sums": { "impressions": "300", "spend": "30" },
    }],
  },
];
