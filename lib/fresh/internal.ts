/**
 * What the server module that a build writes needs. Not for apps.
 * @module
 */
export { setBuildCache } from "./app.ts";
export { IslandPreparer, ProdBuildCache } from "./build_cache.ts";
