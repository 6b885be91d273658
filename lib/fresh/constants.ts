/** Prefix of the addresses that the framework itself answers. */
export const INTERNAL_PREFIX = "/_frsh";
/** Where the development server shows the details of an error. */
export const DEV_ERROR_OVERLAY_URL: string = `${INTERNAL_PREFIX}/error_overlay`;
/** Where the development server tells open pages that it was restarted. */
export const ALIVE_URL: string = `${INTERNAL_PREFIX}/alive`;
/** Query parameter that marks a request for parts of a page only. */
export const PARTIAL_SEARCH_PARAM = "fresh-partial";
/** Query parameter that carries the build id in addresses of static files. */
export const ASSET_CACHE_BUST_KEY = "__frsh_c";
/** Files that hold tests are never routes or islands. */
export const TEST_FILE_PATTERN: RegExp = /[._]test\.(?:[tj]sx?|[mc][tj]s)$/;
/** Where bundled scripts are served; the build id follows. */
export const JS_PREFIX = "/_fresh/js";
