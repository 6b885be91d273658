import { define } from "@/lib/define.ts";
import { eventStream } from "@/lib/http/sse.ts";

export const handlers = define.handlers({
  GET(ctx) {
    const { services, viewer } = ctx.state;
    return eventStream(
      (sink) => services.events.subscribe(viewer.workspace, (event) => sink.send({ event: event.type, data: event })),
      { signal: services.stopping },
    );
  },
});
