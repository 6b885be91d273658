import { defineSource, type SourceColumn } from "@/lib/source/mod.ts";

const known: Record<string, SourceColumn> = {
  "Amount Spent": "spend",
  "Spend": "spend",
  "Paid Impressions": "impressions",
  "Swipe Ups": "clicks",
  "swipes": "clicks",
  "Paid Reach": "reach",
  "Paid Frequency": "frequency",
  "Purchases": "orders",
  "Purchases Value": "conversion_value",
  "Ad Set Name": "ad_group",
  "Ad Squad Name": "ad_group",
  "Ad Set ID": "ad_group_id",
  "Ad Squad ID": "ad_group_id",
  "Video Views": "video_views",
  "2 Second Video Views": "video_views_2s",
  "2 Sec Video Views": "video_views_2s",
  "15 Second Video Views": null,
  "Paid eCPM": null,
  "eCPM": null,
  "eCPSU": null,
  "eCPC": null,
  "Swipe Up Rate": null,
  "Click Rate": null,
  "Cost per Result": null,
  "Cost Per Purchase": null,
  "Avg. Screen Time": null,
  "Average Screen Time": null,
  "Purchases ROAS": null,
  "Delivery Status": "campaign_status",
  "Lifetime Spend Cap": null,
  "Daily Spend Cap": null,
};
const report = { dataset: "ads", columns: known, totals: { labels: ["total.*"] } };

/** Snapchat Ads Manager. Its days are the account's; its API counts money in micros. */
export default defineSource({
  platform: "snapchat",
  title: "Snapchat Ads",
  labels: {
    de: {
      "Amount Spent": ["Ausgegebener Betrag"],
      "Paid Impressions": ["Bezahlte Impressions", "Bezahlte Impressionen"],
      "Swipe Ups": ["Swipe-ups", "Swipe Ups"],
      "Ad Set Name": ["Name des Anzeigensets", "Name der Anzeigengruppe"],
    },
    fr: {
      "Amount Spent": ["Montant dépensé"],
      "Paid Impressions": ["Impressions payées", "Impressions payantes"],
      "Swipe Ups": ["Balayages vers le haut", "Swipe Ups"],
      "Ad Set Name": ["Nom de l'ensemble de publicités", "Nom de l'ensemble publicitaire"],
    },
    es: {
      "Amount Spent": ["Importe gastado", "Cantidad gastada"],
      "Paid Impressions": ["Impresiones pagadas", "Impresiones de pago"],
      "Swipe Ups": ["Deslizamientos hacia arriba", "Swipe Ups"],
      "Ad Set Name": ["Nombre del conjunto de anuncios"],
    },
    pt: {
      "Amount Spent": ["Valor gasto"],
      "Paid Impressions": ["Impressões pagas"],
      "Swipe Ups": ["Deslizes para cima", "Swipe Ups"],
      "Ad Set Name": ["Nome do conjunto de anúncios"],
    },
    it: {
      "Amount Spent": ["Importo speso"],
      "Paid Impressions": ["Impression a pagamento", "Impressioni a pagamento"],
      "Swipe Ups": ["Swipe Up", "Swipe-up"],
      "Ad Set Name": ["Nome del gruppo di inserzioni", "Nome del set di inserzioni"],
    },
    nl: {
      "Amount Spent": ["Besteed bedrag"],
      "Paid Impressions": ["Betaalde vertoningen", "Betaalde weergaven"],
      "Swipe Ups": ["Swipe-ups"],
      "Ad Set Name": ["Naam van advertentieset"],
    },
    ja: {
      "Amount Spent": ["消化金額"],
      "Paid Impressions": ["有料インプレッション", "有料インプレッション数"],
      "Swipe Ups": ["スワイプアップ", "スワイプアップ数"],
      "Ad Set Name": ["広告セット名"],
    },
  },
  reports: [
    {
      ...report,
      name: "ads-manager",
      headers: ["Amount Spent"],
      anyOf: ["Paid Impressions", "Swipe Ups", "Paid eCPM", "eCPSU", "Swipe Up Rate", "2 Second Video Views"],
    },
    {
      ...report,
      name: "ads-manager-spend",
      headers: ["Spend", "Swipe Ups"],
      anyOf: ["Paid Impressions", "Impressions"],
    },
    {
      ...report,
      name: "api",
      headers: ["spend", "swipes", "impressions"],
      columns: { ...known, "Spend": { column: "spend", divisor: 1_000_000 } },
    },
  ],
  maturityDays: { conversions: 28 },
});
