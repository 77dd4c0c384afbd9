import { relative } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { keptWorker } from './kept-worker.ts';

/** Set by `run.ts`, one path a line: what StrykerJS calls all tests, which it runs for a mutant of what is computed when a module loads. */
const tests = (process.env['TENANT_KEYRING_MUTANT_TESTS'] ?? '').split('\n');

/** Each mutant in a thread and modules of its own, as Vitest runs tests by itself. */
const apart = process.env['TENANT_KEYRING_MUTANTS_APART'] === '1';

/** As they are listed: what is quick and notices much comes first. */
class AsListed extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => tests.indexOf(relative(process.cwd(), moduleId).replaceAll('\\', '/'));
    return Promise.resolve(files.toSorted((one, other) => place(one) - place(other)));
  }
}

/** The tests that mutants have to pass. */
export default defineConfig({
  plugins: apart ? [] : [keptWorker],
  test: {
    include: tests,
    // Two runs compare only with the same values.
    setupFiles: ['test/fixed-seed.ts', 'test/mutants/load-mutated.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 15_000 } },
    sequence: { sequencer: AsListed },
    // The modules are loaded once for all files, not once for each.
    isolate: apart,
  },
});
