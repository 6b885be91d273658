/** The detectors of augurs, loaded when they are first needed: on the forecasting thread, never on the one that serves. */
import { createRequire } from "node:module";
import { ChangepointDetector, initSync as initChangepoint } from "@bsull/augurs/changepoint";
import { initSync as initOutlier, OutlierDetector } from "@bsull/augurs/outlier";

let loaded = false;

/** Both detectors, ready for use. */
export function loadAugurs(): {
  ChangepointDetector: typeof ChangepointDetector;
  OutlierDetector: typeof OutlierDetector;
} {
  if (!loaded) {
    initOutlier({ module: wasmOf("outlier") });
    initChangepoint({ module: wasmOf("changepoint") });
    loaded = true;
  }
  return { ChangepointDetector, OutlierDetector };
}

function wasmOf(name: string): Uint8Array<ArrayBuffer> {
  const path = createRequire(import.meta.url).resolve(`@bsull/augurs/${name}`).replace(/\.js$/, "_bg.wasm");
  return Deno.readFileSync(path);
}
