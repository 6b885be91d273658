import type { Finding } from "@/lib/model/mod.ts";

/** What was found out about the file, each with what decided it. */
export function Findings({ findings }: { findings: Finding[] }) {
  return (
    <dl class="findings">
      {findings.map(({ topic, finding, evidence }, i) => (
        <div key={i} class="findings__row">
          <dt>{topic}</dt>
          <dd>{finding}</dd>
          <dd class="findings__evidence">{evidence}</dd>
        </div>
      ))}
    </dl>
  );
}
