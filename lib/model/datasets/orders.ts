/** `orders`: what shops sold. */
import { type Dataset, datasetSchema } from "../dataset.ts";
import { count, currency, identity, money, origin, time } from "./columns.ts";
import { ratio, sum } from "./metrics.ts";
import { atMost, notFuture, usual } from "./rules.ts";

/** What shops sold. */
export const ordersDataset: Dataset = datasetSchema.parse({
  id: "orders",
  title: "Orders",
  description: "Orders and revenue, as the shop counts them",
  builtIn: true,
  columns: [
    time(["Day", "Order date", "Created at", "Paid at", "Purchase date", "Sale date"]),
    ...origin(["Shop ID", "Store ID"], ["Shop", "Store", "Shop name", "Store name"]),
    identity("order_id", "Order ID", ["Order", "Order number", "Name", "Order name"]),
    identity("product_id", "Product ID", ["SKU", "Variant SKU", "Lineitem SKU"]),
    identity("product", "Product", ["Product title", "Product name", "Lineitem name", "Item name"], {
      labels: "product_id",
    }),
    identity("category", "Category", ["Product type", "Product category"]),
    identity("brand", "Brand", ["Brand ID", "Vendor"]),
    identity("channel", "Sales channel", ["Channel", "Source name"]),
    identity("source_medium", "Source / medium", ["Session source / medium"]),
    identity("campaign", "Campaign", ["UTM campaign", "Campaign name"]),
    identity("location", "Store location", ["POS location", "Location"]),
    identity("country", "Country", ["Billing country", "Shipping country"]),
    identity("customer_type", "Customer type", ["New or returning customer", "New vs returning"]),
    currency(),
    count("orders", "Orders", ["Total orders", "Order count", "Number of orders"]),
    count("quantity", "Units sold", ["Net quantity", "Quantity", "Net items sold", "Lineitem quantity"], {
      min: undefined,
    }),
    money("gross_sales", "Gross sales"),
    money("discounts", "Discounts", ["Discount amount"]),
    money("refunds", "Returns", ["Refunds", "Refunded amount"]),
    money("net_sales", "Net sales", ["Subtotal"]),
    money("shipping", "Shipping", ["Shipping charges"]),
    money("taxes", "Taxes", ["Tax"]),
    money("revenue", "Revenue", ["Total sales", "Total", "Sales", "Total revenue", "Amount"]),
    money("cost", "Cost of goods", ["Cost of goods sold", "COGS"]),
    count("new_customers", "New customers", ["First-time customers"]),
    count("customers", "Customers", [], { additive: false }),
  ],
  metrics: [
    sum("orders", "Orders"),
    sum("quantity", "Units sold"),
    sum("gross_sales", "Gross sales", "currency"),
    sum("discounts", "Discounts", "currency", "none"),
    sum("refunds", "Returns", "currency", "none"),
    sum("net_sales", "Net sales", "currency"),
    sum("shipping", "Shipping", "currency", "none"),
    sum("taxes", "Taxes", "currency", "none"),
    sum("revenue", "Revenue", "currency"),
    sum("cost", "Cost of goods", "currency", "down"),
    sum("new_customers", "New customers"),
    ratio("aov", "Order value", "revenue / orders", "currency", "up", "Revenue per order"),
    ratio("units_per_order", "Units per order", "quantity / orders", "decimal", "up"),
    ratio("gross_profit", "Gross profit", "net_sales - cost", "currency", "up"),
    ratio("gross_margin", "Gross margin", "(net_sales - cost) / net_sales", "percent", "up"),
    ratio("mer", "MER", "revenue / ads.spend", "ratio", "up", "Revenue per unit of ad spend, whoever caused the sale"),
    ratio("cac", "Blended CAC", "ads.spend / new_customers", "currency", "down", "Ad spend per new customer"),
    {
      name: "distinct_orders",
      title: "Distinct orders",
      formula: "count_distinct(order_id)",
      format: "integer",
      better: "up",
      description: "For files with one line per order or item",
    },
  ],
  rollups: [
    { grain: "day", dimensions: ["platform", "account_id", "account", "currency"] },
    { grain: "month", dimensions: ["platform", "account_id", "account", "currency"] },
  ],
  rules: [notFuture, atMost("new_customers", "customers"), usual("revenue", 500)],
});
