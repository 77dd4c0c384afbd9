import { globSync } from 'node:fs';

/** A part of the product whose tests have to notice when it is changed. */
export interface Part {
  /** Files or folders. */
  readonly mutated: readonly string[];
  /** Folders or files of the tests that have to notice. */
  readonly tests: readonly string[];
  /** Per cent of the mutants that they notice at least. */
  readonly least: number;
}

const vaultTests = (...files: readonly string[]): string[] => files.map((file) => `test/unit/vault/${file}.test.ts`);
const certificateTests = (...files: readonly string[]): string[] => files.map((file) => `test/unit/certificates/${file}.test.ts`);
const registrationTests = (...files: readonly string[]): string[] => files.map((file) => `test/unit/registration/${file}.test.ts`);

/** A room in itself, with tests that derive keys from passwords, which takes time. */
const ofPfx = /pfx|key-choice|generated-password/;

/** What decides what is published, removed and called proven, and what keeps it. By the name that `npm run mutants` takes. */
export const parts: Readonly<Record<string, Part>> = {
  plan: {
    mutated: ['main/registration/plan'],
    tests: registrationTests('plan', 'plan-keys', 'plan-application', 'plan-findings', 'plan-grants', 'policy'),
    least: 85,
  },
  rotation: {
    mutated: [
      'main/registration/certificates',
      ...['blind-changes', 'key-writes', 'removed', 'roll-back', 'roll-keys', 'signing-key', 'unattended'].map(
        (file) => `main/registration/run/${file}.ts`,
      ),
    ],
    tests: registrationTests(
      'due',
      'new-certificate',
      'removed',
      'roll-keys',
      'roll-keys-late',
      'rotation',
      'settle',
      'signing-key',
      'unattended',
    ),
    least: 85,
  },
  leases: { mutated: ['main/credential/leases.ts'], tests: ['test/unit/credential/leases.test.ts'], least: 85 },
  apply: {
    mutated: ['main/registration/apply'],
    tests: registrationTests('application-body', 'apply', 'apply-beside-others', 'behind', 'recorded-write', 'sightings', 'writes'),
    least: 70,
  },
  verify: {
    mutated: ['main/registration/verify'],
    tests: registrationTests('checks', 'checks-elsewhere', 'checks-told', 'evidence', 'proof-state', 'reason'),
    least: 70,
  },
  certificates: {
    mutated: globSync('main/certificates/*.ts').filter((file) => !ofPfx.test(file)),
    tests: [
      ...certificateTests('ber', 'thumbprint', 'usable', 'every-case', 'other-files', 'kept-bytes', 'request', 'read-pem', 'create'),
      ...certificateTests('chain', 'read-file', 'read-signed', 'found-files', 'pfx-kinds'),
    ],
    least: 70,
  },
  pfx: {
    mutated: globSync('main/certificates/*.ts').filter((file) => ofPfx.test(file)),
    tests: certificateTests('pfx-contents', 'pfx-encryption', 'every-case', 'pfx-kinds', 'pfx-made', 'hand-out', 'read-pfx'),
    least: 70,
  },
  vault: {
    mutated: ['main/vault'],
    tests: [
      ...vaultTests('sequence', 'secret-parts', 'secrets', 'store-faults', 'os-keychain-calls', 'data-directory', 'practice-keychain'),
      ...vaultTests('database', 'backups'),
    ],
    least: 70,
  },
};
