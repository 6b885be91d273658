/** Exports of many platforms in the forms that they have now, and what must come out of each. */
import type { OddFile } from "./odd_files.ts";

/** The files. */
export const oddExports: OddFile[] = [
  {
    title: "Microsoft: weeks by the line above the header, in a workbook",
    text: ``,
    sheets: [{
      "name": "Sheet1",
      "rows": [
        ["Report Name: Weekly"],
        ["Report Time: 9/6/2026-9/19/2026"],
        ["Report Aggregation: Weekly"],
        ["Rows: 2"],
        [],
        ["TimePeriod", "AccountName", "CampaignName", "CurrencyCode", "Impressions", "Clicks", "Spend"],
        [{ "value": 46271, "format": "m/d/yyyy" }, "Acme", "Brand", "USD", 1000, 50, 25],
        [{ "value": 46278, "format": "m/d/yyyy" }, "Acme", "Brand", "USD", 1100, 60, 35.5],
        [],
        ["©2026 Microsoft Corporation. All rights reserved. "],
      ],
    }],
    tables: [{
      "platform": "microsoft_ads",
      "dataset": "ads",
      "grain": "range",
      "rows": 2,
      "totals": 0,
      "range": "2026-09-06..2026-09-19",
      "currency": ["USD"],
      "sums": { "impressions": "2100", "clicks": "110", "spend": "60.5" },
    }],
  },
  {
    title: "Meta: months in cells beside the range of the whole report",
    text: `Campaign name,Month,Impressions,Amount spent (USD),Link clicks,Reporting starts,Reporting ends
A,2026-08-01 - 2026-08-31,1000,10.5,10,2026-08-01,2026-09-30
A,2026-09-01 - 2026-09-30,1100,11.5,11,2026-08-01,2026-09-30
`,
    tables: [{
      "platform": "meta_ads",
      "dataset": "ads",
      "grain": "range",
      "rows": 2,
      "totals": 0,
      "range": "2026-08-01..2026-09-30",
      "currency": ["USD"],
      "sums": { "impressions": "2100", "clicks": "21", "spend": "22" },
    }],
  },
  {
    title: "rows of an API: a day from its first to its last second",
    text: `date_start,date_stop,campaign_name,impressions,spend,clicks
2026-09-01T00:00:00+0000,2026-09-01T23:59:59+0000,A,1000,10.5,10
2026-09-02T00:00:00+0000,2026-09-02T23:59:59+0000,A,1100,11.5,11
`,
    tables: [{
      "platform": "meta_ads",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 0,
      "range": "2026-09-01..2026-09-02",
      "currency": ["XXX"],
      "sums": { "impressions": "2100", "clicks_all": "21", "spend": "22" },
    }],
  },
  {
    title: "Snapchat API: days that end at the next midnight, micros by the header",
    text: `Start Time,End Time,Campaign Name,Campaign Id,Impressions,Swipes,Spend (micro-currency),Currency
2026-09-01T00:00:00.000-07:00,2026-09-02T00:00:00.000-07:00,Snap A,c-1,1000,20,12340000,USD
2026-09-02T00:00:00.000-07:00,2026-09-03T00:00:00.000-07:00,Snap A,c-1,1100,22,10000000,USD
`,
    tables: [{
      "platform": "snapchat",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 0,
      "range": "2026-09-01..2026-09-02",
      "currency": ["USD"],
      "sums": { "impressions": "2100", "clicks": "42", "spend": "22.34" },
    }],
  },
  {
    title: "X: engagements and clicks on links beside all clicks",
    text:
      `Time period,Currency,Campaign name,Campaign ID,Objective,Impressions,Spend,Engagements,Link clicks,Clicks,Results,Cost per result
2026-09-01,EUR,Launch,abc1,Website traffic,1000,12.34,40,20,30,20,0.617
2026-09-02,EUR,Launch,abc1,Website traffic,1100,10.00,44,22,33,22,0.4545
`,
    tables: [{
      "platform": "x_ads",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 0,
      "range": "2026-09-01..2026-09-02",
      "currency": ["EUR"],
      "sums": {
        "impressions": "2100",
        "clicks": "42",
        "clicks_all": "63",
        "spend": "22.34",
        "results": "42",
        "engagements": "84",
      },
    }],
  },
  {
    title: "Amazon console: the dates of a campaign are no days of its numbers",
    text:
      `"State","Campaign name","Country","Status","Type","Targeting","Portfolio","Start date","End date","Budget(USD)","Impressions","Clicks","CTR","Spend(USD)","CPC(USD)","Orders","Sales(USD)","ACOS","ROAS"
"ENABLED","SP Auto","United States","Delivering","SP","Automatic","","Sep 1, 2026","","50.00","1,000","20","2.00%","$12.34","$0.62","3","$90.00","13.71%","7.29"
"PAUSED","SP Manual","United States","Paused","SP","Manual","","Sep 1, 2026","","50.00","500","10","2.00%","$5.00","$0.50","1","$20.00","25.00%","4.00"
`,
    tables: [{ "platform": "amazon_ads", "dataset": "ads", "grain": null, "questions": ["range"] }],
  },
  {
    title: "Pinterest: checkouts are orders",
    text:
      `Date,Ad account ID,Campaign ID,Campaign name,Ad group ID,Ad group name,Spend in account currency,Impressions,Pin clicks,Outbound clicks,Saves,Total conversions (Checkout),Total conversion value (Checkout)
2026-09-01,549,626,Home,268,Broad,12.34,1000,20,15,4,2,80.00
2026-09-02,549,626,Home,268,Broad,10.00,900,18,12,3,1,40.00
`,
    tables: [{
      "platform": "pinterest",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 0,
      "range": "2026-09-01..2026-09-02",
      "currency": ["XXX"],
      "sums": {
        "impressions": "1900",
        "clicks": "27",
        "clicks_all": "38",
        "spend": "22.34",
        "conversion_value": "120",
        "orders": "3",
        "saves": "7",
      },
    }],
  },
  {
    title: "Klaviyo: orders by campaign",
    text:
      `Campaign Name,Tags,Subject,List,Send Time,Send Weekday,Total Recipients,Unique Placed Order,Placed Order Rate,Revenue,Unique Opens,Open Rate,Total Opens,Unique Clicks,Click Rate,Total Clicks,Unsubscribes,Spam Complaints,Spam Complaints Rate,Successful Deliveries,Bounces,Bounce Rate,Campaign ID,Campaign Channel
Sept sale,promo,Sale!,Main,2026-09-01 10:00:00,Tuesday,1000,12,1.2%,$960.00,400,40%,600,50,5%,70,3,0,0%,990,10,1%,01ABC,email
`,
    tables: [{
      "platform": "other",
      "dataset": "email",
      "grain": "day",
      "rows": 1,
      "totals": 0,
      "range": "2026-09-01..2026-09-01",
      "currency": ["USD"],
      "sums": {
        "sent": "1000",
        "delivered": "990",
        "opens": "600",
        "unique_opens": "400",
        "clicks": "70",
        "unique_clicks": "50",
        "unsubscribes": "3",
        "bounces": "10",
        "complaints": "0",
        "orders": "12",
        "revenue": "960",
      },
    }],
  },
  {
    title: "HubSpot: people who opened and clicked",
    text: `Email name,Send date,Sent,Delivered,Open rate,Opened,Click rate,Clicked,Unsubscribed,Bounced
Newsletter,2026-09-01 10:00,1000,990,40.4,400,5.05,50,3,10
`,
    tables: [{
      "platform": "other",
      "dataset": "email",
      "grain": "day",
      "rows": 1,
      "totals": 0,
      "range": "2026-09-01..2026-09-01",
      "currency": [],
      "sums": {
        "sent": "1000",
        "delivered": "990",
        "unique_opens": "400",
        "unique_clicks": "50",
        "unsubscribes": "3",
        "bounces": "10",
      },
    }],
  },
  {
    title: "AppsFlyer: short names in brackets",
    text:
      `Date,Agency/PMD (af_prt),Media Source (pid),Campaign (c),Impressions,Clicks,CTR,Installs,Conversion Rate,Sessions,Loyal Users,Total Revenue,Total Cost,ROI,ARPU,Average eCPI
2026-09-01,None,googleadwords_int,Brand,1000,20,0.02,5,0.25,50,2,12.5,10,0.25,2.5,2
2026-09-02,None,googleadwords_int,Brand,1100,22,0.02,6,0.27,55,3,15,11,0.36,2.5,1.83
`,
    tables: [{
      "platform": "other",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 0,
      "range": "2026-09-01..2026-09-02",
      "currency": ["XXX"],
      "sums": { "impressions": "2100", "clicks": "42", "spend": "21", "conversion_value": "27.5", "installs": "11" },
    }],
  },
  {
    title: "Criteo: the advertiser's cost",
    text:
      `Day;CampaignId;Campaign;Currency;Clicks;Displays;AdvertiserCost;SalesClientAttribution;RevenueGeneratedClientAttribution
2026-09-01;1;Retarget;EUR;20;1000;10,50;1;100,00
2026-09-02;1;Retarget;EUR;22;1100;11,50;2;150,00
`,
    tables: [{
      "platform": "other",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 0,
      "range": "2026-09-01..2026-09-02",
      "currency": ["EUR"],
      "sums": { "impressions": "2100", "clicks": "42", "spend": "22" },
    }],
  },
  {
    title: "Display & Video: settings below a blank line are no rows",
    text:
      `Date,Advertiser,Advertiser ID,Advertiser Currency,Campaign,Campaign ID,Insertion Order,Insertion Order ID,Line Item,Line Item ID,Impressions,Clicks,Click Rate (CTR),Total Conversions,Revenue (Adv Currency),Media Cost (Advertiser Currency)
2026/09/01,Acme,10,EUR,Aware,20,IO1,30,LI1,40,1000,10,1.00%,1,12.50,10.00
2026/09/02,Acme,10,EUR,Aware,20,IO1,30,LI1,40,1100,11,1.00%,2,13.50,11.00
,,,,,,,,,,2100,21,1.00%,3,26.00,21.00

Report Time:,2026/09/03 08:00 GMT
Date Range:,2026/09/01 to 2026/09/02
Group By:,Date
MRC Accredited Metrics,"Active View metrics are accredited only when..."
Filter by Advertiser ID:,10
`,
    tables: [{
      "platform": "other",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 1,
      "range": "2026-09-01..2026-09-02",
      "currency": ["EUR"],
      "sums": { "impressions": "2100", "clicks": "21", "spend": "21", "all_conversions": "3" },
    }],
  },
  {
    title: "Campaign Manager: a report by another name is not Google Ads",
    text: `Floodlight Report
Account ID,123
Date/Time Generated,9/3/26 8:00 AM
Report Time Zone,America/New_York
Date Range,9/1/26 - 9/2/26

Report Fields
Date,Campaign,Campaign ID,Site (CM360),Placement,Placement ID,Impressions,Clicks,Click Rate,Media Cost,Total Conversions
2026-09-01,Aware,20,Site A,PL1,30,1000,10,1.00,10.00,1
2026-09-02,Aware,20,Site A,PL1,30,1100,11,1.00,11.00,2
Grand Total:,---,---,---,---,---,2100,21,1.00,21.00,3
`,
    tables: [{
      "platform": "other",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 1,
      "range": "2026-09-01..2026-09-02",
      "currency": ["XXX"],
      "sums": { "impressions": "2100", "clicks": "21", "spend": "21", "all_conversions": "3" },
    }],
  },
  {
    title: "amount spent without anything of Meta's",
    text: `Date,Campaign Name,Amount Spent,Impressions,Clicks,CTR,eCPM,CPC
2026-09-01,R1,$10.00,1000,20,2%,$10,$0.5
2026-09-02,R1,$11.00,1100,22,2%,$10,$0.5
`,
    tables: [{
      "platform": "other",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 0,
      "range": "2026-09-01..2026-09-02",
      "currency": ["USD"],
      "sums": { "impressions": "2100", "clicks": "42", "spend": "21" },
    }],
  },
  {
    title: "Apple Search Ads: taps",
    text: `Campaigns
Org Name,Acme
Date Range,"Sep 1, 2026 - Sep 2, 2026"
Time Zone,Europe/Berlin (ORTZ)

Date,Campaign Name,Campaign ID,Currency,Spend,Impressions,Taps,Installs (Tap-Through),Avg CPT,TTR
2026-09-01,ASA Brand,123,EUR,10.00,1000,20,5,0.5,0.02
2026-09-02,ASA Brand,123,EUR,11.00,1100,22,6,0.5,0.02
Totals,,,EUR,21.00,2100,42,11,0.5,0.02
`,
    tables: [{
      "platform": "other",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 1,
      "range": "2026-09-01..2026-09-02",
      "currency": ["EUR"],
      "sums": { "impressions": "2100", "clicks": "42", "spend": "21", "installs": "11" },
    }],
  },
  {
    title: "a row of units below the header",
    text: `Date,Campaign,Cost,Impressions,CTR
,,EUR,count,%
2026-09-01,A,10.50,1000,1.5
2026-09-02,A,11.50,1100,1.6
`,
    tables: [{
      "platform": "other",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 0,
      "range": "2026-09-01..2026-09-02",
      "currency": ["EUR"],
      "sums": { "impressions": "2100", "spend": "22" },
    }],
  },
  {
    title: "lines of a CSV in the cells of one column",
    text: ``,
    sheets: [{
      "name": "Sheet1",
      "rows": [["Date,Campaign,Impressions,Clicks,Spend"], ["2026-09-01,A,1000,10,10.50"], [
        '2026-09-02,"B, C",1100,11,11.50',
      ]],
    }],
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
    title: "a workbook of channels and a sheet of notes",
    text: ``,
    sheets: [{
      "name": "Google",
      "rows": [
        ["Media report 2026"],
        [],
        ["Datum", "Kampagne", "Kosten", "Klicks"],
        [{ "value": 46266, "format": "dd.mm.yyyy" }, "A", 10.5, 3],
        [{ "value": 46267, "format": "dd.mm.yyyy" }, "A", 11.5, 4],
        ["Summe", null, { "formula": "SUM(C4:C5)", "value": 22 }, { "formula": "SUM(D4:D5)", "value": 7 }],
      ],
    }, {
      "name": "Facebook",
      "rows": [["Datum", "Kampagne", "Kosten", "Klicks"], [{ "value": 46266, "format": "dd.mm.yyyy" }, "F", 20.5, 6], [
        { "value": 46267, "format": "dd.mm.yyyy" },
        "F",
        21.5,
        8,
      ]],
    }, { "name": "Notizen", "rows": [["Nur zur Information"], ["bitte nicht verteilen"]] }],
    tables: [{
      "platform": "other",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 1,
      "range": "2026-09-01..2026-09-02",
      "currency": ["XXX"],
      "sums": { "clicks": "7", "spend": "22" },
    }, {
      "platform": "other",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 0,
      "range": "2026-09-01..2026-09-02",
      "currency": ["XXX"],
      "sums": { "clicks": "14", "spend": "42" },
    }, { "platform": "other", "dataset": "ads", "grain": null, "refused": true }],
  },
];
