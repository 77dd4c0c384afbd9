/** A part of the product whose tests have to notice when it is changed. */
export interface Part {
  /** Files or folders. */
  readonly mutated: readonly string[];
  /** Folders or files of the tests that have to notice. */
  readonly tests: readonly string[];
  /** Per cent of the mutants that they notice at least. */
  readonly least: number;
}

const rotationTests = ['test/unit/registration', 'test/practice/engine'];

/** What decides what is published, removed and called proven, and what keeps it. By the name that `npm run mutants` takes. */
export const parts: Readonly<Record<string, Part>> = {
  plan: {
    mutated: ['main/registration/plan'],
    tests: ['plan', 'plan-keys', 'plan-application', 'plan-findings', 'plan-grants', 'policy'].map(
      (file) => `test/unit/registration/${file}.test.ts`,
    ),
    least: 85,
  },
  rotation: {
    mutated: [
      'main/registration/certificates',
      ...['blind-changes', 'key-writes', 'removed', 'roll-back', 'roll-keys', 'signing-key', 'unattended'].map(
        (file) => `main/registration/run/${file}.ts`,
      ),
    ],
    tests: rotationTests,
    least: 85,
  },
  leases: { mutated: ['main/credential/leases.ts'], tests: ['test/unit/credential/leases.test.ts'], least: 85 },
  apply: { mutated: ['main/registration/apply'], tests: rotationTests, least: 70 },
  verify: { mutated: ['main/registration/verify'], tests: rotationTests, least: 70 },
  certificates: { mutated: ['main/certificates'], tests: ['test/unit/certificates'], least: 70 },
  vault: { mutated: ['main/vault'], tests: ['test/unit/vault', 'test/unit/credential'], least: 70 },
};
