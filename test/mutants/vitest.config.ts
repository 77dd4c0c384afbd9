import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Most mutants fall to the tests of their own room, which take milliseconds; the ones with simulated tenants come after. */
const rooms = ['test/unit/', 'test/contract/', 'test/practice/'];

class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const room = ({ moduleId }: TestSpecification) => rooms.findIndex((each) => moduleId.includes(each));
    return (await super.sort(files)).toSorted((one, other) => room(one) - room(other));
  }
}

/** The tests that mutants have to pass; `run.ts` says which of them. */
export default defineConfig({
  test: {
    include: rooms.map((room) => `${room}**/*.test.ts`),
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 15_000 } },
    sequence: { sequencer: QuickFirst },
    // The modules are loaded once for all files, not once for each.
    isolate: false,
  },
});
