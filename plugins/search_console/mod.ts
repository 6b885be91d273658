import { defineSource } from "@/lib/source/mod.ts";

/** Google Search Console: the tables of a performance export. Its newest two or three days are not final. */
export default defineSource({
  platform: "search_console",
  title: "Search Console",
  labels: {
    de: {
      "Top queries": ["Häufigste Suchanfragen", "Top-Suchanfragen", "Suchanfragen"],
      "Top pages": ["Häufigste Seiten", "Top-Seiten", "Seiten"],
      "Position": ["Position", "Durchschnittliche Position"],
    },
    fr: {
      "Top queries": ["Requêtes les plus fréquentes", "Requêtes populaires", "Principales requêtes"],
      "Top pages": ["Pages les plus populaires", "Principales pages"],
      "Position": ["Position", "Position moyenne"],
    },
    es: {
      "Top queries": ["Consultas principales", "Principales consultas"],
      "Top pages": ["Páginas principales", "Principales páginas"],
      "Position": ["Posición", "Posición media"],
    },
    pt: {
      "Top queries": ["Principais consultas", "Consultas principais"],
      "Top pages": ["Principais páginas", "Páginas principais"],
      "Position": ["Posição", "Posição média"],
    },
    it: {
      "Top queries": ["Query principali", "Query più frequenti", "Principali query"],
      "Top pages": ["Pagine principali", "Pagine più visitate"],
      "Position": ["Posizione", "Posizione media"],
    },
    nl: {
      "Top queries": ["Populairste zoekopdrachten", "Belangrijkste zoekopdrachten"],
      "Top pages": ["Populairste pagina's", "Belangrijkste pagina's"],
      "Position": ["Positie", "Gemiddelde positie"],
    },
    ja: {
      "Top queries": ["上位のクエリ", "検索キーワード"],
      "Top pages": ["上位のページ"],
      "Position": ["掲載順位", "平均掲載順位"],
    },
  },
  reports: [
    {
      name: "performance",
      dataset: "web",
      headers: ["Clicks", "Impressions", "Position"],
      noneOf: ["Cost", "Spend", "Campaign"],
      columns: { "CTR": null },
      shares: "percent",
    },
    {
      name: "performance-part",
      dataset: "web",
      headers: ["Impressions"],
      anyOf: ["Top queries", "Top pages", "Search appearance"],
      columns: { "CTR": null },
      shares: "percent",
    },
  ],
  maturityDays: { clicks: 3, impressions: 3, position: 3 },
});
