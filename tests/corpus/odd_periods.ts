/** Exports that compare two periods. */
import type { OddFile } from "./odd_files.ts";

/** The files. */
export const oddPeriods: OddFile[] = [
  {
    title: "GA4: a column of date ranges, two ranges above it",
    text: `# ----------------------------------------
# Traffic acquisition: Session primary channel group (Default Channel Group)
# Account: Acme
# Property: Acme - GA4
# ----------------------------------------
#
# All Users
# Start date: 20260901
# End date: 20260930
#
# Start date: 20260801
# End date: 20260831
Session primary channel group (Default Channel Group),Date range,Sessions,Engaged sessions,Engagement rate,Key events,Total revenue
Organic Search,20260901-20260930,1200,800,0.6667,12,120.5
Organic Search,20260801-20260831,1000,700,0.7,10,100.0
Direct,20260901-20260930,600,300,0.5,3,30
Direct,20260801-20260831,500,250,0.5,2,20
`,
    tables: [{
      "platform": "ga4",
      "dataset": "web",
      "grain": "range",
      "rows": 4,
      "totals": 0,
      "range": "2026-08-01..2026-09-30",
      "currency": ["XXX"],
      "sums": { "sessions": "3300", "engaged_sessions": "2050", "key_events": "27", "revenue": "270.5" },
    }],
  },
  {
    title: "GA4: ranges in which the year stands once, lines of change and a total",
    text: `# ----------------------------------------
# User acquisition
# Start date: 20260901
# End date: 20260930
# ----------------------------------------
First user primary channel group (Default Channel Group),Date range,Total users,New users,Engaged sessions
,Total,3000,2800,1500
Organic Search,"Sep 1 - Sep 30, 2026",1200,800,600
Organic Search,"Aug 2 - Aug 31, 2026",1000,700,500
Organic Search,% change,20.0%,14.29%,20%
Direct,"Sep 1 - Sep 30, 2026",600,300,200
Direct,"Aug 2 - Aug 31, 2026",500,250,100
Direct,% change,20%,20%,100%
`,
    tables: [{
      "platform": "ga4",
      "dataset": "web",
      "grain": "range",
      "rows": 4,
      "totals": 3,
      "range": "2026-08-02..2026-09-30",
      "currency": [],
      "sums": { "engaged_sessions": "1400", "new_users": "2050" },
    }],
  },
  {
    title: "GA4: two blocks of comments, each with its range",
    text: `# ----------------------------------------
# Traffic acquisition
# Account: Acme
# Property: Acme - GA4
# ----------------------------------------
#
# All Users
# Start date: 20260901
# End date: 20260930
Session source / medium,Sessions,Engaged sessions,Key events
google / organic,1200,800,12
(direct) / (none),600,300,3
#
# All Users
# Start date: 20260801
# End date: 20260831
Session source / medium,Sessions,Engaged sessions,Key events
google / organic,1000,700,10
(direct) / (none),500,250,2
`,
    tables: [{
      "platform": "ga4",
      "dataset": "web",
      "grain": "range",
      "rows": 2,
      "totals": 0,
      "range": "2026-09-01..2026-09-30",
      "currency": [],
      "sums": { "sessions": "1800", "engaged_sessions": "1100", "key_events": "15" },
    }, {
      "platform": "ga4",
      "dataset": "web",
      "grain": "range",
      "rows": 2,
      "totals": 0,
      "range": "2026-08-01..2026-08-31",
      "currency": [],
      "sums": { "sessions": "1500", "engaged_sessions": "950", "key_events": "12" },
    }],
  },
  {
    title: "GA4: two periods side by side below a row of ranges",
    text: `# ----------------------------------------
# Acme
# Free form 1
# 20260901-20260930
# ----------------------------------------

Date range,"Sep 1 - Sep 30, 2026","Sep 1 - Sep 30, 2026","Aug 1 - Aug 31, 2026","Aug 1 - Aug 31, 2026"
Session source / medium,Sessions,Key events,Sessions,Key events
google / organic,1200,12,1000,10
(direct) / (none),600,3,500,2
`,
    tables: [{
      "platform": "ga4",
      "dataset": "web",
      "grain": "range",
      "rows": 2,
      "totals": 0,
      "range": "2026-09-01..2026-09-30",
      "currency": [],
      "sums": { "sessions": "1800", "key_events": "15" },
    }, {
      "platform": "ga4",
      "dataset": "web",
      "grain": "range",
      "rows": 2,
      "totals": 0,
      "range": "2026-08-01..2026-08-31",
      "currency": [],
      "sums": { "sessions": "1500", "key_events": "12" },
    }],
  },
  {
    title: "GA4 API: ranges that are only numbered are asked, each for its days",
    text: `dateRange,sessionSource,sessions,activeUsers
date_range_0,google,100,90
date_range_1,google,80,70
`,
    tables: [{
      "platform": "ga4",
      "dataset": "web",
      "grain": null,
      "questions": ["range:date_range_0", "range:date_range_1"],
    }],
  },
  {
    title: "GA4: several blocks of comments above one table",
    text: `# ----------------------------------------
# Reports snapshot
# Account: Acme
# Property: Acme - GA4
# ----------------------------------------
# ----------------------------------------
# Comparison: All Users
# Start date: 20260901
# End date: 20260930
# ----------------------------------------
#
# Note: thresholds applied
#

Date,Active users,New users,Event count
20260901,10,5,100
20260902,12,6,110
`,
    tables: [{
      "platform": "ga4",
      "dataset": "web",
      "grain": "day",
      "rows": 2,
      "totals": 0,
      "range": "2026-09-01..2026-09-02",
      "currency": [],
      "sums": { "event_count": "210", "new_users": "11" },
    }],
  },
  {
    title: "Search Console: two periods side by side",
    text:
      `Top queries,9/1/26 - 9/30/26 Clicks,8/1/26 - 8/31/26 Clicks,9/1/26 - 9/30/26 Impressions,8/1/26 - 8/31/26 Impressions,9/1/26 - 9/30/26 CTR,8/1/26 - 8/31/26 CTR,9/1/26 - 9/30/26 Position,8/1/26 - 8/31/26 Position
foo,10,8,100,90,10%,8.9%,3.5,3.6
bar,5,4,50,40,10%,10%,7,7.2
`,
    tables: [{
      "platform": "search_console",
      "dataset": "web",
      "grain": "range",
      "rows": 2,
      "totals": 0,
      "range": "2026-09-01..2026-09-30",
      "currency": [],
      "sums": { "clicks": "15", "impressions": "150" },
    }, {
      "platform": "search_console",
      "dataset": "web",
      "grain": "range",
      "rows": 2,
      "totals": 0,
      "range": "2026-08-01..2026-08-31",
      "currency": [],
      "sums": { "clicks": "12", "impressions": "130" },
    }],
  },
  {
    title: "Search Console: two periods without their days are asked for them",
    text:
      `Top queries,Last 28 days Clicks,Previous 28 days Clicks,Last 28 days Impressions,Previous 28 days Impressions,Last 28 days CTR,Previous 28 days CTR,Last 28 days Position,Previous 28 days Position
foo,10,8,100,90,10%,8.9%,3.5,3.6
`,
    tables: [{ "platform": "search_console", "dataset": "web", "grain": null, "questions": ["range:Last 28 days"] }, {
      "platform": "search_console",
      "dataset": "web",
      "grain": null,
      "questions": ["range:Previous 28 days"],
    }],
  },
];
