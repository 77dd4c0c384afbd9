import { readFileSync } from 'node:fs';

/** Reads a report of vitest for `.ci/run`: `node read-report.ts counts|failures|reasons FILE`. */
interface Test {
  readonly status: string;
  readonly fullName: string;
  readonly failureMessages: readonly string[];
  /** `skipped`: see test/system.ts. */
  readonly meta?: { readonly skipped?: string };
}
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly Test[];
  }[];
}

const [, , question, path = ''] = process.argv;
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- vitest writes it
const report = JSON.parse(readFileSync(path, 'utf8')) as Report;
const tests = report.testResults.flatMap((suite) => suite.assertionResults.map((test) => ({ ...test, suite: suite.name })));
const skipped = tests.filter(({ status }) => !['passed', 'failed'].includes(status));
const unexplained = skipped.filter(({ meta }) => meta?.skipped === undefined);

if (question === 'counts') console.log(report.numPassedTests, report.numFailedTests, skipped.length, unexplained.length);
if (question === 'failures')
  for (const suite of report.testResults) {
    const failed = suite.assertionResults.filter(({ status }) => status === 'failed');
    for (const test of failed) console.log(`${suite.name}: ${test.fullName}\n${test.failureMessages.join('\n').slice(0, 2000)}`);
    if (suite.status === 'failed' && failed.length === 0) console.log(`${suite.name}\n${suite.message}`);
  }
if (question === 'reasons') {
  console.log(`Passed there: ${report.numPassedTests}, failed: ${report.numFailedTests}, skipped: ${skipped.length}`);
  const reasons = Map.groupBy(skipped, ({ meta }) => meta?.skipped ?? 'nobody says why');
  for (const [reason, each] of reasons) console.log(`  ${each.length} skipped, because ${reason}`);
  for (const { suite, fullName } of unexplained) console.log(`  without a reason: ${suite}: ${fullName}`);
}
