import { memoryEvents } from "@/lib/events/memory.ts";
import { eventsContract } from "./events.ts";

eventsContract("memory events", () => Promise.resolve({ events: memoryEvents(), settle: () => Promise.resolve() }));
