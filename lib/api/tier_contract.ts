/** The part of the contract about what becomes of campaigns. */
import { tiersAnswerSchema } from "@/lib/model/mod.ts";
import type { Operation } from "./operation.ts";

/** The operations of campaign tiers. */
export const tierOperations: Operation[] = [
  {
    method: "get",
    path: "/api/datasets/{id}/tiers",
    summary: "What becomes of campaigns by what became of those that looked alike, and how right that was looking back",
    answers: { 200: { description: "Tiers, or why there are none", schema: tiersAnswerSchema } },
  },
];
