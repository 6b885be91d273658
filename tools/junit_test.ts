import assert from "node:assert/strict";
import { closingLine, countTests, slowestFiles } from "./junit.ts";

const report = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="deno test" tests="6" failures="3" errors="0" time="0.011">
    <testsuite name="./a_test.ts" tests="6" disabled="1" errors="0" failures="3">
        <testcase name="adds" classname="./a_test.ts" time="0.001" line="1" col="6">
        </testcase>
        <testcase name="needs &lt;Redis&gt;" classname="./a_test.ts" time="0.000" line="2" col="6">
            <skipped/>
        </testcase>
        <testcase name="fails" classname="./a_test.ts" time="0.001" line="3" col="6">
            <failure message="Uncaught Error: x">Error: &lt;testcase name=&quot;no&quot;&gt;</failure>
        </testcase>
        <testcase name="steps" classname="./a_test.ts" time="0.002" line="4" col="6">
            <failure message="1 test step failed">1 test step failed.</failure>
        </testcase>
        <testcase name="steps &gt; one" classname="./a_test.ts" time="0.000" line="4" col="43">
        </testcase>
        <testcase name="steps &gt; two" classname="./a_test.ts" time="0.000" line="4" col="74">
            <failure message="Uncaught Error: boo">Error: boo</failure>
        </testcase>
        <testcase name="steps &gt; three" classname="./a_test.ts" time="0.000" line="4" col="74">
            <skipped/>
        </testcase>
        <testcase name="a &gt; b without a parent" classname="./a_test.ts" time="0.000" line="9" col="1"/>
    </testsuite>
</testsuites>`;

Deno.test("countTests() counts tests, and of steps only the skipped ones", () => {
  const { skippedNames, ...counts } = countTests(report);
  assert.deepEqual(counts, { passed: 2, failed: 2, skipped: 2 });
  assert.deepEqual(skippedNames, ["./a_test.ts: needs <Redis>", "./a_test.ts: steps > three"]);
});

Deno.test("countTests() finds nothing in an empty report", () => {
  assert.deepEqual(countTests(""), { passed: 0, failed: 0, skipped: 0, skippedNames: [] });
});

Deno.test("closingLine() is one plain line", () => {
  assert.equal(closingLine({ passed: 12, failed: 0, skipped: 3 }), "12 passed, 0 failed, 3 skipped");
});

Deno.test("slowestFiles() adds up the tests of a file that was run, steps left out, the longest first", () => {
  const times = `<testsuites>
    <testsuite name="./quick_test.ts" tests="1">
      <testcase name="a" classname="./quick_test.ts" time="0.500"></testcase></testsuite>
    <testsuite name="./slow_test.ts" tests="3">
      <testcase name="b" classname="./slow_test.ts" time="1.500"></testcase>
      <testcase name="b &gt; step" classname="./slow_test.ts" time="1.250"></testcase>
      <testcase name="c" classname="./shared.ts" time="1.000"/></testsuite>
    <testsuite name="./quickest_test.ts" tests="1">
      <testcase name="d" classname="./shared.ts" time="0.250"/></testsuite></testsuites>`;
  assert.deepEqual(slowestFiles(times, 2), [
    { file: "slow_test.ts", seconds: 2.5 },
    { file: "quick_test.ts", seconds: 0.5 },
  ]);
});
