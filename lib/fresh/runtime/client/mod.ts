import "./preact_hooks.ts";

export { boot } from "./boot.ts";
