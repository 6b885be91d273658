/** What undo and redo do to the metrics of datasets: they are everybody's, so taking one back may be refused. */
import { saveMetric, takeMetric } from "@/components/metrics/send_metric.ts";
import type { MetricCommand } from "@/lib/model/metric_commands.ts";

/** Sends what undo and redo ask for, one after another. */
export class MetricSettler {
  /** Metrics that somebody else uses, and that stayed when their saving was taken back. */
  #stayed = new Set<string>();

  /** Answers what could not be done, in words; empty where all was. */
  async settle(effects: MetricCommand[]): Promise<string> {
    const problems: string[] = [];
    for (const effect of effects) {
      const problem = effect.act === "take" ? await this.#take(effect) : await this.#save(effect);
      if (problem) problems.push(problem);
    }
    return problems.join(" ");
  }

  async #take({ dataset, metric }: MetricCommand): Promise<string> {
    const problem = await takeMetric(dataset, metric.name);
    if (!problem) return "";
    this.#stayed.add(`${dataset}.${metric.name}`);
    return `The metric “${metric.title ?? metric.name}” stays for all. ${problem}.`;
  }

  async #save({ dataset, metric }: MetricCommand): Promise<string> {
    if (this.#stayed.delete(`${dataset}.${metric.name}`)) return "";
    const { name, formula, format, title = name, better = "none" } = metric;
    const problem = await saveMetric(dataset, { name, formula, format, title, better });
    return problem && `The metric “${title}” was not saved again. ${problem}.`;
  }
}
