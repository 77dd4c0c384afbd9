import { beforeAll, expect } from 'vitest';
import { storedCertificate, type CredentialRecord, type Rotation, type StoredCertificate } from '../../../main/credential/index.ts';
import type { Directory } from '../../../main/directory/directory.ts';
import { rollKeys } from '../../../main/registration/run/roll-keys.ts';
import { ours, once } from '../certificates/samples.ts';
import { sampleRecord } from '../vault/records.ts';
import { lone, privateKey, refusal, type Answers, type Lone } from './lone-engine.ts';
import { clientId, type Entry } from './rolling-tenant.ts';
import { failure } from './writes.ts';

export const objectId = '30000000-0000-4000-8000-000000000001';
export const microsofts = 'f0000000-0000-4000-8000-000000000009';

const made = once(async () =>
  Promise.all(['old', 'current'].map(async (name) => storedCertificate((await ours(name)).certificate, 'made-here'))),
);
export let [old, current] = [] as unknown as [StoredCertificate, StoredCertificate];
/** The current one is not published yet. */
export let record: CredentialRecord;

export const rotationOf = (...states: readonly Rotation['timeline'][number]['state'][]): Rotation => ({
  from: old.thumbprint,
  to: current.thumbprint,
  overlapDays: 7,
  timeline: states.map((state) => ({ state, at: '2026-11-24T10:00:00Z' })),
  pfx: null,
});

/** Makes the certificates of a file of tests. */
export function useCertificates(): void {
  beforeAll(async () => {
    [old, current] = (await made()) as [StoredCertificate, StoredCertificate];
    record = sampleRecord({
      clientId,
      objectId,
      certificate: { ...current, keyId: null },
      earlierCertificates: [old],
      rotation: rotationOf('created'),
    });
  });
}

export const entryOf = (certificate: StoredCertificate, keyId = certificate.keyId ?? ''): Entry => ({
  keyId,
  key: certificate.der,
  startDateTime: certificate.notBefore,
  endDateTime: certificate.notAfter,
  displayName: certificate.subject,
});

export interface Tenant {
  /** As the application reads itself, each time; the last one stands. Null where it may not. */
  readonly reads: readonly (readonly Entry[] | null)[];
  readonly addKey?: () => Promise<unknown>;
  readonly removeKey?: () => Promise<unknown>;
}

/** One application that answers what is given, and the credential it belongs to. */
export function rolling(
  tenant: Tenant,
  {
    changes = {},
    answers = {},
    retired = [],
  }: { changes?: Partial<CredentialRecord>; answers?: Answers; retired?: StoredCertificate[] } = {},
) {
  const each: Lone = lone({ ...record, ...changes }, answers);
  const asked: unknown[][] = [];
  let turn = 0;
  const directory: Partial<Directory> = {
    read: <T>(path: string) => {
      const keys = tenant.reads[Math.min(turn, tenant.reads.length - 1)] ?? null;
      turn += 1;
      expect(path).toContain(`/applications(appId='${clientId}')`);
      return keys === null
        ? Promise.reject(failure('forbidden', 403))
        : Promise.resolve({ id: objectId, appId: clientId, keyCredentials: keys } as T);
    },
    addKey: async (id, key, proof) => {
      asked.push(['addKey', id, Object.keys(key).toSorted().join(), proof.split('.').length]);
      return (await tenant.addKey?.()) as never;
    },
    removeKey: async (id, keyId) => {
      asked.push(['removeKey', id, keyId]);
      await tenant.removeKey?.();
    },
  };
  const tokens: string[] = [];
  const connection = {
    ...each.connection,
    directory: ({ accessToken }: { accessToken: () => Promise<string> }) => {
      void accessToken().then((token) => tokens.push(token));
      return directory as Directory;
    },
  };
  const roll = {
    engine: each.engine,
    connection,
    signer: { certificate: old, privateKey, accessToken: 'of the old key' },
    retired,
    run: each.run,
  };
  return { ...each, asked, tokens, reads: () => turn, roll: () => rollKeys(roll, each.kept()) };
}
export const states = ({ rotation }: CredentialRecord) => rotation?.timeline.map(({ state }) => state);
export const refused = () => ({ [old.thumbprintSha256]: refusal('token.key-not-found') });
export const minute = 60_000;
export const kinds = (applied: readonly { readonly change: { readonly change: string } }[]) => applied.map(({ change }) => change.change);

export type RollingKeys = ReturnType<typeof rolling>;
