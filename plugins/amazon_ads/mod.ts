import { defineSource, type SourceColumn } from "@/lib/source/mod.ts";

const days = [1, 7, 14, 30] as const;

/** Amazon counts orders and sales within so many days of a click; each report has its own number of days. */
function attributed(window: number): Record<string, SourceColumn> {
  return {
    [`${window} Day Total Sales`]: "conversion_value",
    [`${window} Day Total Orders (#)`]: "conversions",
    [`${window} Day Total Units (#)`]: "units",
    [`${window} Day Conversion Rate`]: null,
    [`${window} Day Advertised SKU Units (#)`]: null,
    [`${window} Day Advertised ASIN Units (#)`]: null,
    [`${window} Day Other SKU Units (#)`]: null,
    [`${window} Day Other ASIN Units (#)`]: null,
    [`${window} Day Advertised SKU Sales`]: null,
    [`${window} Day Advertised ASIN Sales`]: null,
    [`${window} Day Other SKU Sales`]: null,
    [`${window} Day Other ASIN Sales`]: null,
    [`${window} Day New-to-brand Orders (#)`]: null,
    [`${window} Day New-to-brand Sales`]: null,
    [`${window} Day Detail Page Views (DPV)`]: null,
    [`sales${window}d`]: "conversion_value",
    [`purchases${window}d`]: "conversions",
    [`unitsSoldClicks${window}d`]: "units",
    [`attributedSales${window}d`]: "conversion_value",
    [`attributedConversions${window}d`]: "conversions",
  };
}

const known: Record<string, SourceColumn> = {
  "Spend": "spend",
  "cost": "spend",
  "Targeting": "targeting",
  "Customer Search Term": "search_term",
  "Advertised SKU": "product_id",
  "Advertised ASIN": "asin",
  "Portfolio name": "portfolio",
  "Orders": "conversions",
  "Sales": "conversion_value",
  "Click-Thru Rate (CTR)": null,
  "Cost Per Click (CPC)": null,
  "Total Advertising Cost of Sales (ACOS)": null,
  "Total Return on Advertising Spend (ROAS)": null,
  "ACOS": null,
  "ROAS": null,
  "CTR": null,
  "CPC": null,
  "Cost Per 1,000 Viewable Impressions (VCPM)": null,
  "Viewable Impressions": null,
  "NTB orders": null,
  "NTB sales": null,
  "Top-of-search IS": null,
  "Status": "campaign_status",
  "State": "campaign_status",
  "Budget": null,
  "Bid": null,
};

const campaignRuns: Record<string, SourceColumn> = {
  "Start date": null,
  "End date": null,
  "Campaign start date": null,
  "Campaign end date": null,
  "Type": "campaign_type",
  "Portfolio": "portfolio",
  "Status": null,
  "Country": "country",
  "Budget type": null,
  "Campaign bidding strategy": null,
};

/** In four of the languages the number of days stands elsewhere in the header. */
function windows(words: (days: number) => Record<string, string[]>): Record<string, string[]> {
  return Object.assign({}, ...days.map(words));
}

/** Amazon Ads: Sponsored Products, Brands and Display. */
export default defineSource({
  platform: "amazon_ads",
  title: "Amazon Ads",
  labels: {
    de: {
      "Sales": ["Umsatz", "Verkäufe"],
      "Portfolio name": ["Portfolioname", "Name des Portfolios"],
      "Click-Thru Rate (CTR)": ["Klickrate (CTR)"],
      "Cost Per Click (CPC)": ["Kosten pro Klick (CPC)"],
      "Total Advertising Cost of Sales (ACOS)": ["Zugeschriebene Umsatzkosten (ACOS) gesamt"],
      "Total Return on Advertising Spend (ROAS)": ["Gesamte Rentabilität der Werbekosten (ROAS)"],
      "Customer Search Term": ["Suchbegriff eines Kunden", "Kundensuchbegriff"],
      "Advertised SKU": ["Beworbene SKU"],
      "Advertised ASIN": ["Beworbene ASIN"],
      "Targeting": ["Ausrichtung", "Targeting"],
      ...windows((n) => ({
        [`${n} Day Total Sales`]: [`${n} Tage, Umsatz gesamt`, `Umsatz gesamt, ${n} Tage`, `${n} Tage Gesamtumsatz`],
        [`${n} Day Total Orders (#)`]: [`${n} Tage, Aufträge gesamt (#)`, `${n} Tage, Bestellungen gesamt (#)`],
        [`${n} Day Total Units (#)`]: [`${n} Tage, Einheiten gesamt (#)`],
        [`${n} Day Conversion Rate`]: [`${n} Tage, Konversionsrate`],
      })),
    },
    fr: {
      "Sales": ["Ventes"],
      "Portfolio name": ["Nom du portefeuille", "Nom du portfolio"],
      "Click-Thru Rate (CTR)": ["Taux de clics (CTR)"],
      "Cost Per Click (CPC)": ["Coût par clic (CPC)"],
      "Total Advertising Cost of Sales (ACOS)": ["Coût publicitaire de vente total (ACOS)"],
      "Customer Search Term": ["Terme de recherche du client", "Terme de recherche client"],
      "Advertised SKU": ["SKU promu", "SKU promue"],
      "Advertised ASIN": ["ASIN promu"],
      "Targeting": ["Ciblage"],
      ...windows((n) => ({
        [`${n} Day Total Sales`]: [`Total des ventes sur ${n} jours`, `Ventes totales sur ${n} jours`],
        [`${n} Day Total Orders (#)`]: [
          `Total des commandes sur ${n} jours (#)`,
          `Commandes totales sur ${n} jours (#)`,
        ],
        [`${n} Day Total Units (#)`]: [`Total des unités sur ${n} jours (#)`],
        [`${n} Day Conversion Rate`]: [`Taux de conversion sur ${n} jours`],
      })),
    },
    es: {
      "Sales": ["Ventas"],
      "Portfolio name": ["Nombre del portafolio", "Nombre de la cartera"],
      "Click-Thru Rate (CTR)": ["Porcentaje de clics (CTR)", "Tasa de clics (CTR)"],
      "Cost Per Click (CPC)": ["Coste por clic (CPC)", "Costo por clic (CPC)"],
      "Customer Search Term": ["Término de búsqueda de cliente", "Término de búsqueda del cliente"],
      "Advertised SKU": ["SKU anunciado"],
      "Advertised ASIN": ["ASIN anunciado"],
      "Targeting": ["Segmentación"],
      ...windows((n) => ({
        [`${n} Day Total Sales`]: [`Ventas totales de ${n} días`, `Ventas totales en ${n} días`],
        [`${n} Day Total Orders (#)`]: [`Pedidos totales de ${n} días (#)`, `Pedidos totales en ${n} días (#)`],
        [`${n} Day Total Units (#)`]: [`Unidades totales de ${n} días (#)`],
        [`${n} Day Conversion Rate`]: [`Tasa de conversión de ${n} días`],
      })),
    },
    it: {
      "Sales": ["Vendite"],
      "Portfolio name": ["Nome portafoglio", "Nome del portfolio"],
      "Click-Thru Rate (CTR)": ["Percentuale di clic (CTR)"],
      "Cost Per Click (CPC)": ["Costo per clic (CPC)"],
      "Customer Search Term": ["Termine di ricerca cliente", "Termine di ricerca del cliente"],
      "Advertised SKU": ["SKU pubblicizzato"],
      "Advertised ASIN": ["ASIN pubblicizzato"],
      "Targeting": ["Targeting"],
      ...windows((n) => ({
        [`${n} Day Total Sales`]: [`Vendite totali in ${n} giorni`, `Vendite totali ${n} giorni`],
        [`${n} Day Total Orders (#)`]: [`Ordini totali in ${n} giorni (#)`, `Totale ordini ${n} giorni (#)`],
        [`${n} Day Total Units (#)`]: [`Unità totali in ${n} giorni (#)`],
      })),
    },
    pt: {
      "Sales": ["Vendas"],
      "Portfolio name": ["Nome do portfólio"],
      "Customer Search Term": ["Termo de pesquisa do cliente"],
      ...windows((n) => ({
        [`${n} Day Total Sales`]: [`Vendas totais em ${n} dias`, `Total de vendas de ${n} dias`],
        [`${n} Day Total Orders (#)`]: [`Total de pedidos em ${n} dias (#)`, `Total de pedidos de ${n} dias (#)`],
      })),
    },
    nl: {
      "Sales": ["Omzet", "Verkopen"],
      "Portfolio name": ["Portfolionaam", "Naam portfolio"],
      "Customer Search Term": ["Zoekterm van klant"],
      ...windows((n) => ({
        [`${n} Day Total Sales`]: [`Totale verkoop in ${n} dagen`, `Totale omzet in ${n} dagen`],
        [`${n} Day Total Orders (#)`]: [`Totaal aantal bestellingen in ${n} dagen (#)`],
      })),
    },
    ja: {
      "Sales": ["売上"],
      "Portfolio name": ["ポートフォリオ名"],
      "Spend": ["広告費"],
      "Customer Search Term": ["カスタマーの検索キーワード"],
      "Advertised SKU": ["広告対象のSKU"],
      "Advertised ASIN": ["広告対象のASIN"],
      "Targeting": ["ターゲティング"],
      ...windows((n) => ({
        [`${n} Day Total Sales`]: [`${n}日間の合計売上`, `広告費売上高合計(${n}日間)`],
        [`${n} Day Total Orders (#)`]: [`${n}日間の合計注文数`, `${n}日間の合計注文数 (#)`],
        [`${n} Day Total Units (#)`]: [`${n}日間の合計販売数`, `${n}日間の合計販売数 (#)`],
      })),
    },
  },
  reports: [
    ...days.map((n) => ({
      name: `sponsored-${n}-days`,
      dataset: "ads",
      headers: ["Impressions", "Clicks"],
      anyOf: [`${n} Day Total Sales`, `${n} Day Total Orders (#)`, `sales${n}d`, `purchases${n}d`],
      columns: { ...known, ...attributed(n) },
      constants: { attribution_setting: `${n}-day click` },
    })),
    {
      // A list of campaigns for a period: its dates are when each campaign runs.
      name: "console",
      dataset: "ads",
      headers: ["Impressions", "Clicks", "Spend", "Sales", "ACOS"],
      anyOf: ["ROAS", "Portfolio", "Targeting", "Top-of-search IS", "NTB orders", "State", "Status"],
      columns: { ...known, ...campaignRuns },
      noneOf: ["Entity"],
    },
    {
      name: "bulk-sheet",
      dataset: "ads",
      headers: ["Entity", "Operation", "Impressions", "Spend"],
      columns: { ...known, ...campaignRuns },
      refuse: "it is a bulk sheet, whose campaigns, ad groups and keywords each count the same clicks again. " +
        "Export a Sponsored Products, Brands or Display report",
    },
    {
      name: "sponsored",
      dataset: "ads",
      headers: ["Impressions", "Clicks"],
      anyOf: [
        "Portfolio name",
        "Customer Search Term",
        "Advertised ASIN",
        "Total Advertising Cost of Sales (ACOS)",
        "NTB orders",
      ],
      columns: known,
    },
  ],
  maturityDays: { conversions: 14, conversion_value: 14 },
});
