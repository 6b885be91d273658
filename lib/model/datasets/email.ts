/** `email`: what was sent, opened and clicked. */
import { type Dataset, datasetSchema } from "../dataset.ts";
import { attribute, count, currency, identity, money, origin, time } from "./columns.ts";
import { ratio, sum } from "./metrics.ts";
import { atMost, notFuture } from "./rules.ts";

/** What was sent, opened and clicked. */
export const emailDataset: Dataset = datasetSchema.parse({
  id: "email",
  title: "E-mail",
  description: "Sends, opens, clicks and what they sold",
  builtIn: true,
  columns: [
    time(["Send date", "Sent at", "Send time", "Day"]),
    ...origin([], ["Account name"]),
    identity("audience", "Audience", ["List", "Segment", "List name", "Send weekday audience"]),
    identity("campaign_id", "Campaign ID", ["Unique ID", "Message ID"]),
    identity("campaign", "Campaign", ["Title", "Campaign name", "Message name", "Email name"], {
      labels: "campaign_id",
    }),
    identity("flow", "Flow", ["Automation", "Flow name"]),
    attribute("subject", "Subject", ["Subject line", "Email subject"]),
    currency(),
    count("sent", "Sent", ["Total recipients", "Recipients", "Emails sent", "Sends"]),
    count("delivered", "Delivered", ["Successful deliveries", "Deliveries", "Total deliveries"]),
    count("opens", "Opens", ["Total opens"]),
    count("unique_opens", "Unique opens", ["Opened", "Unique opened"]),
    count("clicks", "Clicks", ["Total clicks"]),
    count("unique_clicks", "Unique clicks", ["Clicked", "Unique clicked"]),
    count("unsubscribes", "Unsubscribes", ["Unsubscribed"]),
    count("hard_bounces", "Hard bounces"),
    count("soft_bounces", "Soft bounces"),
    count("bounces", "Bounces", ["Total bounces", "Bounced"]),
    count("complaints", "Complaints", ["Abuse complaints", "Spam complaints"]),
    count("orders", "Orders", ["Placed order", "Unique placed order", "Total orders"]),
    money("revenue", "Revenue", ["Total revenue", "Placed order value", "Gross sales"]),
  ],
  metrics: [
    sum("sent", "Sent", "integer", "none"),
    sum("delivered", "Delivered", "integer", "none"),
    sum("opens", "Opens"),
    sum("unique_opens", "Unique opens"),
    sum("clicks", "Clicks"),
    sum("unique_clicks", "Unique clicks"),
    sum("unsubscribes", "Unsubscribes", "integer", "down"),
    sum("hard_bounces", "Hard bounces", "integer", "down"),
    sum("soft_bounces", "Soft bounces", "integer", "down"),
    sum("bounces", "Bounces", "integer", "down"),
    sum("complaints", "Complaints", "integer", "down"),
    sum("orders", "Orders"),
    sum("revenue", "Revenue", "currency"),
    ratio("delivery_rate", "Delivery rate", "delivered / sent", "percent", "up"),
    ratio("open_rate", "Open rate", "opens / delivered", "percent", "up", "Inflated by mail privacy"),
    ratio("click_rate", "Click rate", "clicks / delivered", "percent", "up"),
    ratio("ctor", "Click-to-open rate", "clicks / opens", "percent", "up"),
    ratio("unsubscribe_rate", "Unsubscribe rate", "unsubscribes / delivered", "percent", "down"),
    ratio("bounce_rate", "Bounce rate", "bounces / sent", "percent", "down"),
    ratio("revenue_per_email", "Revenue per e-mail", "revenue / delivered", "currency", "up"),
  ],
  rollups: [
    { grain: "day", dimensions: ["platform", "account_id", "account", "currency"] },
    { grain: "month", dimensions: ["platform", "account_id", "account", "currency"] },
  ],
  rules: [
    notFuture,
    atMost("delivered", "sent"),
    atMost("unique_opens", "delivered"),
    atMost("unique_clicks", "unique_opens"),
  ],
});
