/**
 * What islands and pages use, in the browser and on the server.
 * @module
 */
export { asset, assetSrcSet, Head, type HeadProps, IS_BROWSER } from "./runtime/shared.ts";
