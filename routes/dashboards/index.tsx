/** The list of dashboards, which the front page is too. */
export { default, handlers } from "../index.tsx";
