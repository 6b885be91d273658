/** Charts without a browser: SVG for the first paint, drawn in workers and cached by content. */
export { openPictures, type PicturesOptions } from "./open_pictures.ts";
