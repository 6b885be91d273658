import { createDefine } from "fresh";
import type { Viewer } from "@/lib/model/mod.ts";
import type { Services } from "@/lib/services.ts";
import type { Theme } from "@/lib/theme.ts";

/** What `ctx.state` holds; filled by `routes/_middleware.ts`. */
export interface State {
  viewer: Viewer;
  services: Services;
  /** Stands in the log and on error pages. */
  requestId: string;
  /** For scripts of this answer, where the policy asks for one. */
  nonce?: string;
  /** The visitor's stored choice; absent means: follow the system. */
  theme?: Theme;
}

/** Fresh's define functions for our state. */
export const define = createDefine<State>();
