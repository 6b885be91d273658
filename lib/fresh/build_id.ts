/** A module in a bundle knows its build by its own address: `/_fresh/js/<build id>/name.js`. */
function fromOwnAddress(): string | undefined {
  return /\/_fresh\/js\/([^/]+)\//.exec(import.meta.url)?.[1];
}

function readDeploymentId(): string | undefined {
  if (typeof Deno === "undefined") return undefined;
  try {
    return Deno.env.get("DENO_DEPLOYMENT_ID");
  } catch (error) {
    // Without permission to read the environment there is no deployment to speak of.
    if (error instanceof Deno.errors.NotCapable) return undefined;
    throw error;
  }
}

/** Id of the Deno Deploy revision, `undefined` elsewhere. */
export const DENO_DEPLOYMENT_ID: string | undefined = readDeploymentId();

/** Identifies the build whose scripts and files are served; a build replaces the random default by its content hash. */
export let BUILD_ID: string = fromOwnAddress() ?? DENO_DEPLOYMENT_ID ?? crypto.randomUUID().replaceAll("-", "");

/** Make `id` the id of the build that is served from now on. */
export function setBuildId(id: string): void {
  BUILD_ID = id;
}
