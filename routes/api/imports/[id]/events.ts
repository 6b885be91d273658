import { define } from "@/lib/define.ts";
import { importAnswer } from "@/lib/http/import_answer.ts";
import { eventStream } from "@/lib/http/sse.ts";
import { getImport } from "@/lib/ingest/imports.ts";
import type { ImportJob } from "@/lib/model/mod.ts";

/** States in which nothing more happens by itself. */
const RESTING = new Set<ImportJob["state"]>(["published", "duplicate", "failed", "rolled-back", "cancelled"]);

export const handlers = define.handlers({
  async GET(ctx) {
    const { services, viewer } = ctx.state;
    const id = ctx.params.id!;
    await getImport(services, viewer, id); // 404 before the stream begins
    return eventStream((sink) => {
      // One reading at a time: what comes meanwhile is one more reading after it.
      let reading: Promise<void> | null = null;
      let again = false;
      const tell = () => {
        if (reading) return void (again = true);
        reading = (async () => {
          do {
            again = false;
            const job = await getImport(services, viewer, id);
            sink.send({ data: importAnswer(job) });
            if (RESTING.has(job.state)) sink.close();
          } while (again);
        })().catch((error) => {
          services.log.error("Cannot tell an import's progress", { id, error });
          sink.close();
        }).finally(() => reading = null);
      };
      const end = services.events.subscribe(viewer.workspace, (event) => {
        if (event.type === "import" && event.id === id) tell();
      });
      tell();
      return end;
    }, { signal: services.stopping });
  },
});
