import { BUILD_ID } from "../build_id.ts";
import { assetInternal, assetSrcSetInternal } from "./shared_internal.ts";

export { Head, type HeadProps } from "./head.ts";

/** Whether this code runs in a browser. */
export const IS_BROWSER: boolean = typeof document !== "undefined";

/** Address of a static file that changes with the build, so that it is cached for ever. */
export function asset(path: string, basePath?: string): string {
  return assetInternal(path, BUILD_ID, basePath);
}

/** The same for every address in a `srcset` attribute. */
export function assetSrcSet(srcset: string, basePath?: string): string {
  return assetSrcSetInternal(srcset, BUILD_ID, basePath);
}
