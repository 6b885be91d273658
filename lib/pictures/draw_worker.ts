import type { ChartSpec } from "@/lib/widget/chart_spec.ts";
import type { DrawAnswer, DrawRequest } from "./worker.ts";

/** After this long a drawing is taken for stuck, and its thread is replaced; loading its code may take longer. */
const [STUCK, STUCK_AT_START] = [10_000, 60_000];

/** A thread with chart.js and a canvas holds some 60 MB; what it drew is kept, so an idle server does without it. */
const IDLE = 20_000;

/** One drawing thread: started when it is needed, replaced when it dies or hangs, ended when it has nothing to do. */
export class DrawWorker {
  #worker: Worker | null = null;
  #next = 1;
  #closed = false;
  #ready = false;
  #idle: ReturnType<typeof setTimeout> | undefined;
  readonly #asked = new Map<number, { answer: (svg: string | null) => void; timer: ReturnType<typeof setTimeout> }>();

  constructor(private readonly onError: (message: string) => void) {}

  /** How many drawings wait. */
  get waiting(): number {
    return this.#asked.size;
  }

  /** Draws a spec; null where that failed. */
  draw(spec: ChartSpec, size: { width: number; height: number }, locale: string): Promise<string | null> {
    if (this.#closed) return Promise.resolve(null);
    clearTimeout(this.#idle);
    this.#worker ??= this.#start();
    const id = this.#next++;
    const request: DrawRequest = { id, spec, size, locale };
    return new Promise((answer) => {
      const patience = this.#ready ? STUCK : STUCK_AT_START;
      const timer = setTimeout(() => this.#replace(`A chart was not drawn within ${patience} ms`), patience);
      this.#asked.set(id, { answer, timer });
      this.#worker?.postMessage(request);
    });
  }

  /** Stops the thread; what waits is answered null. */
  close(): void {
    this.#closed = true;
    this.#stop();
  }

  #start(): Worker {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "pictures" });
    worker.onmessage = ({ data }: MessageEvent<DrawAnswer>) => {
      if ("ready" in data) {
        this.#ready = true;
        return;
      }
      const asked = this.#asked.get(data.id);
      if (!asked) return;
      this.#asked.delete(data.id);
      clearTimeout(asked.timer);
      if ("error" in data) this.onError(`Cannot draw a chart: ${data.error}`);
      asked.answer("svg" in data ? data.svg : null);
      if (this.#asked.size === 0 && !this.#closed) this.#endWhenIdle();
    };
    worker.onerror = (event) => {
      event.preventDefault(); // else the whole server goes down with its thread
      this.#replace(`The thread that draws charts ended: ${event.message}`);
    };
    return worker;
  }

  #endWhenIdle(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#stop(), IDLE);
  }

  #replace(why: string): void {
    this.onError(why);
    this.#stop(); // the next drawing starts a new one
  }

  #stop(): void {
    clearTimeout(this.#idle);
    this.#worker?.terminate();
    this.#worker = null;
    this.#ready = false;
    for (const { answer, timer } of this.#asked.values()) {
      clearTimeout(timer);
      answer(null);
    }
    this.#asked.clear();
  }
}
