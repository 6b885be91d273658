import { z } from "zod";
import { slugSchema } from "./ids.ts";

/** Who asks: set in `routes/_middleware.ts` only, handed to every use case. */
export const viewerSchema = z.object({
  workspace: slugSchema,
  actor: z.string().min(1),
  roles: z.array(z.enum(["owner", "editor", "reader"])),
});
/** Who asks. */
export type Viewer = z.output<typeof viewerSchema>;

/** The only viewer while there are no accounts: whoever sits at this machine, or holds the access token. */
export const LOCAL_OWNER: Viewer = { workspace: "default", actor: "local", roles: ["owner"] };
