/** Still more small exports: of platforms that have no source of their own, and of older tools. */
import type { OddFile } from "./odd_files.ts";

/** The files. */
export const oddOthers: OddFile[] = [
  {
    title: "Universal Analytics: two tables, each with a last line that names nothing",
    text: `# ----------------------------------------
# All Web Site Data
# Channels
# 20190101-20190103
# ----------------------------------------

Default Channel Grouping,Users,New Users,Sessions,Bounce Rate,Pages / Session,Avg. Session Duration,Goal Conversion Rate,Goal Completions,Goal Value
Organic Search,"1,200","1,100","1,500",45.10%,2.31,00:01:23,1.20%,18,$0.00
Direct,500,480,600,55.00%,1.80,00:00:59,0.50%,3,$0.00
,"1,700","1,580","2,100",47.93%,2.16,00:01:16,1.00%,21,$0.00

Day Index,Users
1/1/19,600
1/2/19,550
1/3/19,550
,"1,700"
`,
    tables: [{
      "platform": "universal_analytics",
      "dataset": "web",
      "grain": "range",
      "rows": 2,
      "totals": 1,
      "range": "2019-01-01..2019-01-03",
      "currency": [],
      "sums": { "sessions": "2100", "new_users": "1580", "key_events": "21" },
    }, {
      "platform": "universal_analytics",
      "dataset": "web",
      "grain": "day",
      "rows": 3,
      "totals": 1,
      "range": "2019-01-01..2019-01-03",
      "currency": [],
      "sums": {},
    }],
  },
  {
    title: "a table of campaigns with costs of acquisition",
    text:
      `Campaign_ID,Company,Campaign_Type,Target_Audience,Duration,Channel_Used,Conversion_Rate,Acquisition_Cost,ROI,Location,Language,Clicks,Impressions,Engagement_Score,Customer_Segment,Date
1,Innovate Industries,Email,Men 18-24,30 days,Google Ads,0.04,"$16,174.00",6.29,Chicago,Spanish,506,1922,6,Health & Wellness,2021-01-01
2,NexGen Systems,Email,Women 35-44,60 days,Google Ads,0.12,"$11,566.00",5.61,New York,German,116,7523,7,Fashionistas,2021-01-02
3,Alpha Innovations,Influencer,Men 25-34,30 days,YouTube,0.07,"$10,200.00",7.18,Los Angeles,French,584,7698,1,Outdoor Adventurers,2021-01-03
`,
    tables: [{
      "platform": "other",
      "dataset": "ads",
      "grain": "day",
      "rows": 3,
      "totals": 0,
      "range": "2021-01-01..2021-01-03",
      "currency": [],
      "sums": { "impressions": "17143", "clicks": "1206" },
    }],
  },
  {
    title: "orders of a superstore: dates decided over the column",
    text:
      `Row ID,Order ID,Order Date,Ship Date,Ship Mode,Customer ID,Customer Name,Segment,Country,City,State,Postal Code,Region,Product ID,Category,Sub-Category,Product Name,Sales,Quantity,Discount,Profit
1,CA-2016-152156,11/8/2016,11/11/2016,Second Class,CG-12520,Claire Gute,Consumer,United States,Henderson,Kentucky,42420,South,FUR-BO-10001798,Furniture,Bookcases,Bush Somerset Collection Bookcase,261.96,2,0,41.9136
2,CA-2016-152156,11/8/2016,11/11/2016,Second Class,CG-12520,Claire Gute,Consumer,United States,Henderson,Kentucky,42420,South,FUR-CH-10000454,Furniture,Chairs,"Hon Deluxe Fabric Upholstered Stacking Chairs, Rounded Back",731.94,3,0,219.582
3,CA-2016-138688,6/12/2016,6/16/2016,Second Class,DV-13045,Darrin Van Huff,Corporate,United States,Los Angeles,California,90036,West,OFF-LA-10000240,Office Supplies,Labels,Self-Adhesive Address Labels,14.62,2,0,6.8714
4,CA-2016-138689,6/15/2016,6/16/2016,Second Class,DV-13045,Darrin Van Huff,Corporate,United States,Los Angeles,California,90036,West,OFF-LA-10000240,Office Supplies,Labels,Self-Adhesive Address Labels,14.62,2,0,6.8714
`,
    tables: [{
      "platform": "other",
      "dataset": "orders",
      "grain": "day",
      "rows": 4,
      "totals": 0,
      "range": "2016-06-12..2016-11-08",
      "currency": ["XXX"],
      "sums": { "quantity": "9", "revenue": "1023.14" },
    }],
  },
  {
    title: "a table without days is asked for them",
    text: `,TV,Radio,Newspaper,Sales
1,230.1,37.8,69.2,22.1
2,44.5,39.3,45.1,10.4
`,
    tables: [{ "platform": "other", "dataset": "orders", "grain": null, "questions": ["range"] }],
  },
  {
    title: "Klaviyo: no platform of ours, and all its numbers",
    text:
      `Campaign Name,Tags,Subject,List,Send Time,Send Weekday,Total Recipients,Unique Placed Order,Placed Order Rate,Revenue,Unique Opens,Open Rate,Total Opens,Unique Clicks,Click Rate,Total Clicks,Unsubscribes,Spam Complaints,Spam Complaints Rate,Successful Deliveries,Bounces,Bounce Rate,Campaign ID,Campaign Channel
Fall,,Hi,"Newsletter, US",2026-09-03 10:00:00,Thursday,100,2,2%,80.50,40,40%,60,10,10%,12,1,0,0%,98,2,2%,abc,email
`,
    tables: [{
      "platform": "other",
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
        "bounces": "2",
        "complaints": "0",
        "orders": "2",
        "revenue": "80.5",
      },
    }],
  },
  {
    title: "Universal Analytics: pages with times of day that are lengths",
    text: `# ----------------------------------------
# Site
# Pages
# 20190101-20190131
# ----------------------------------------
Page,Pageviews,Unique Pageviews,Avg. Time on Page,Entrances,Bounce Rate,% Exit,Page Value
/,"10,000","8,000",00:00:45,"7,000",30.00%,25.00%,$0.10
/shop,500,400,00:01:05,100,40.00%,35.00%,$1.10
,"10,500","8,400",00:00:46,"7,100",30.50%,25.50%,$0.15
`,
    tables: [{
      "platform": "universal_analytics",
      "dataset": "web",
      "grain": "range",
      "rows": 2,
      "totals": 1,
      "range": "2019-01-01..2019-01-31",
      "currency": [],
      "sums": { "page_views": "10500" },
    }],
  },
  {
    title: "GA4: lengths of time in minutes and seconds",
    text:
      `Date,Session default channel group,Sessions,Engaged sessions,Average engagement time per session,Engagement rate,Events per session,Key events
20260901,Organic Search,100,60,1m 05s,60.00%,5.5,3.00
20260901,Direct,50,20,45s,40.00%,4.5,0.00
`,
    tables: [{
      "platform": "ga4",
      "dataset": "web",
      "grain": "day",
      "rows": 2,
      "totals": 0,
      "range": "2026-09-01..2026-09-01",
      "currency": [],
      "sums": { "sessions": "150", "engaged_sessions": "80", "key_events": "3" },
    }],
  },
  {
    title: "Reddit Ads",
    text: `Date,Campaign Name,Ad Group Name,Spend,Impressions,Clicks,CTR,CPC,eCPM,Purchase (Total),Purchase Total Value
2026-09-01,C,G,$10.50,1000,10,1.00%,$1.05,$10.50,1,$40.00
`,
    tables: [{
      "platform": "other",
      "dataset": "ads",
      "grain": "day",
      "rows": 1,
      "totals": 0,
      "range": "2026-09-01..2026-09-01",
      "currency": ["USD"],
      "sums": { "impressions": "1000", "clicks": "10", "spend": "10.5", "conversion_value": "40", "orders": "1" },
    }],
  },
  {
    title: "rows of the Meta API",
    text: `date_start,date_stop,account_id,campaign_name,adset_name,ad_name,impressions,clicks,spend,reach,actions
2026-09-01,2026-09-01,123,C,S,A,1000,10,5.5,900,"[{'action_type':'link_click','value':'8'}]"
2026-09-02,2026-09-02,123,C,S,A,1000,10,5.5,900,
`,
    tables: [{
      "platform": "meta_ads",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 0,
      "range": "2026-09-01..2026-09-02",
      "currency": ["XXX"],
      "sums": { "impressions": "2000", "clicks_all": "20", "spend": "11" },
    }],
  },
  {
    title: "visits in German",
    text: `Date;Quelle;Medium;Kampagne;Sitzungen;Nutzer;Absprungrate;Umsatz
01.09.2026;google;cpc;Marke;1.200;1.000;45,5 %;1.234,56 €
02.09.2026;google;cpc;Marke;1.100;900;44,5 %;234,56 €
`,
    tables: [{
      "platform": "other",
      "dataset": "web",
      "grain": "day",
      "rows": 2,
      "totals": 0,
      "range": "2026-09-01..2026-09-02",
      "currency": ["EUR"],
      "sums": { "sessions": "2300", "revenue": "1469.12" },
    }],
  },
  {
    title: "Google Ads: the euro sign before amounts",
    text: `Campaign;Day;Cost;Impr.;Clicks
A;2026-09-01;€ 1.234,56;1.000;10
A;2026-09-02;€ 34,56;1.100;11
`,
    tables: [{
      "platform": "google_ads",
      "dataset": "ads",
      "grain": "day",
      "rows": 2,
      "totals": 0,
      "range": "2026-09-01..2026-09-02",
      "currency": ["EUR"],
      "sums": { "impressions": "2100", "clicks": "21", "spend": "1269.12" },
    }],
  },
  {
    title: "pages with clicks and impressions may be advertisements or searches: asked",
    text: "Date,Page,Clicks,Impressions\n2026-04-01,/a,1,10\n2026-04-01,/b,2,20\n2026-04-02,/a,1,10\n",
    tables: [{ "platform": "other", "dataset": "ads", "grain": null, "questions": ["dataset", "separates:Page"] }],
  },
];
