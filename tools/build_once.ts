/** Builds `_fresh/` as a start would, so that the start finds it built: for images. */
import { fileURLToPath } from "node:url";
import { buildIfChanged } from "./build_if_changed.ts";

if (import.meta.main) await buildIfChanged(fileURLToPath(new URL("../", import.meta.url)));
