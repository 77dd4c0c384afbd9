import { describe, expect, it } from 'vitest';
import { clouds } from '../../../main/clouds/index.ts';
import type { Directory, GraphFailure, ReadAnswer } from '../../../main/directory/directory.ts';
import { Fault } from '../../../main/faults.ts';
import type { AppOnlyRequest } from '../../../main/identity/session.ts';
import { gatherEvidence, type EvidenceRun } from '../../../main/registration/verify/evidence.ts';
import { verifyRegistration } from '../../../main/registration/verify/index.ts';
import type { CredentialRecord } from '../../../main/credential/index.ts';
import { sampleCertificate, sampleRecord } from '../vault/records.ts';
import { testClock } from '../vault/samples.ts';
import { connected } from './connected-tenant.ts';
import { desired, permissions } from './generated-tenant.ts';
import { privateKey } from './lone-engine.ts';
import { failure } from './writes.ts';

const profile = { id: 'mailstore-guide', version: 1, permissions };
const record = sampleRecord({ clientId: '5a1f3c0e-7a52-4c1e-9d51-0f5b6f3d1a01', certificate: sampleCertificate(), profile });
const missing = failure('not-found', 404);

interface Microsoft {
  /** What a token request for each resource comes to. */
  readonly tokens?: Partial<Record<'graph' | 'exchange', Fault | Error | readonly string[]>>;
  readonly read?: () => Promise<unknown>;
  /** What each part of the batch is answered; not found where nothing is said. */
  readonly batch?: (name: string) => ReadAnswer<unknown> | undefined;
  readonly difference?: number | null;
}

function gathering(microsoft: Microsoft = {}, changes: Partial<EvidenceRun> = {}) {
  const asked: AppOnlyRequest[] = [];
  const reads: string[] = [];
  const organization = { value: [{ id: record.tenantId, displayName: 'Contoso' }] };
  const directory: Partial<Directory> = {
    read: async <T>(path: string) => {
      reads.push(path);
      return (await (microsoft.read?.() ?? Promise.resolve({ value: [{ id: 'a' }] }))) as T;
    },
    readBatch: async (paths) =>
      Object.fromEntries(
        Object.keys(paths).map((name) => [
          name,
          microsoft.batch?.(name) ?? (name === 'organization' ? { ok: true, value: organization } : { ok: false, failure: missing }),
        ]),
      ) as never,
  };
  const run = {
    identity: {
      appOnlyToken: (request: AppOnlyRequest) => {
        asked.push(request);
        const said = microsoft.tokens?.[request.resource] ?? ['Directory.Read.All'];
        if (said instanceof Error) return Promise.reject(said);
        const claims = { aud: clouds.global[request.resource], tid: record.tenantId, appid: record.clientId ?? '', oid: '', roles: said };
        return Promise.resolve({ accessToken: `for ${request.resource}`, clockDifference: microsoft.difference ?? null, claims });
      },
    },
    cloud: clouds.global,
    record,
    desired,
    privateKey,
    directoryWith: (token: string) => {
      reads.push(token);
      return directory;
    },
    administratorView: null,
    mailbox: null,
    clock: testClock(),
    ...changes,
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- evidence is gathered by these alone
  return { run: run as unknown as EvidenceRun, asked, reads };
}
const evidence = (...given: Parameters<typeof gathering>) => gatherEvidence(gathering(...given).run);
const withRecord = (changes: Partial<CredentialRecord>) => ({ record: { ...record, ...changes } });

describe('a token', () => {
  it('is taken for each resource of the profile, with the key and for this application', async () => {
    const { run, asked, reads } = gathering();
    const { tokens } = await gatherEvidence(run);
    expect(asked.map(({ resource }) => resource)).toEqual(['graph', 'exchange']);
    expect(asked[0]).toMatchObject({
      tenantId: record.tenantId,
      clientId: record.clientId,
      thumbprintSha256: 'B'.repeat(64),
      cloud: clouds.global,
    });
    expect(asked[0]?.privateKey).toMatch(/^-----BEGIN PRIVATE KEY-----/);
    expect(asked[0]).not.toHaveProperty('signal');
    expect(tokens).toMatchObject({ graph: { token: { accessToken: 'for graph' } }, exchange: { token: { accessToken: 'for exchange' } } });
    expect(reads[0]).toBe('for graph');
    const { signal } = new AbortController();
    const signalled = gathering({}, { signal });
    await gatherEvidence(signalled.run);
    expect(signalled.asked[0]?.signal).toBe(signal);
  });

  it.each<[string, Partial<EvidenceRun>, string, string]>([
    ['the server holds the key', withRecord({ custody: 'external' }), 'external', 'external'],
    ['there is no certificate yet', withRecord({ certificate: null }), 'no-certificate', 'no-token'],
    ['there is no application yet', withRecord({ clientId: null }), 'no-certificate', 'no-token'],
    ['its key is lost', { privateKey: null }, 'key-missing', 'no-token'],
  ])('is not asked for where %s', async (_, changes, notTestable, reason) => {
    const { run, asked } = gathering({}, changes);
    expect(await gatherEvidence(run)).toEqual({
      tokens: { graph: { notTestable }, exchange: { notTestable } },
      read: null,
      view: { observed: null, reason },
      mail: null,
      administratorView: null,
    });
    expect(asked).toEqual([]);
  });

  it('that is refused is evidence; an outage is none, neither way', async () => {
    const refused = new Fault('token.key-not-found');
    expect(await evidence({ tokens: { graph: refused } })).toMatchObject({
      tokens: { graph: { fault: refused }, exchange: { token: {} } },
      read: null,
      view: { observed: null, reason: 'no-token' },
    });
    await expect(evidence({ tokens: { exchange: new Fault('service.unreachable') } })).rejects.toMatchObject({
      code: 'service.unreachable',
    });
    await expect(evidence({ tokens: { graph: new Error('bug') } })).rejects.toThrow('bug');
  });
});

describe('a read with the token', () => {
  it.each([
    [['Directory.Read.All'], true],
    [['Mail.Read', 'User.Read.All'], true],
    [['Mail.Read'], false],
    [[], false],
  ])('is made where a role of it allows one: %j %s', async (roles, made) => {
    const { run, reads } = gathering({ tokens: { graph: roles } });
    expect((await gatherEvidence(run)).read).toEqual(made ? { ok: true, users: 1 } : null);
    expect(reads.filter((path) => path.startsWith('/users'))).toEqual(made ? ['/users?$top=1&$select=id'] : []);
  });

  it('that is refused is evidence; an outage is none', async () => {
    const refused = failure('forbidden', 403);
    expect((await evidence({ read: () => Promise.reject(refused) })).read).toEqual({ ok: false, fault: refused });
    for (const kind of ['throttled', 'uncertain', 'not-graph'] as const)
      await expect(evidence({ read: () => Promise.reject(failure(kind, 0)) })).rejects.toMatchObject({ kind });
    await expect(evidence({ read: () => Promise.reject(new Error('bug')) })).rejects.toThrow('bug');
  });
});

describe('the registration', () => {
  const batch = (kind: GraphFailure['kind'], status: number) => ({ batch: () => ({ ok: false, failure: failure(kind, status) }) as const });

  it('is seen by the credential itself, also where an administrator is there', async () => {
    const { view, administratorView } = await evidence({}, { administratorView: connected });
    expect(view).toMatchObject({ by: 'credential', observed: { tenant: { displayName: 'Contoso' }, application: null } });
    expect(administratorView).toBe(connected);
  });

  it.each([
    ['forbidden', 403],
    ['unauthenticated', 401],
  ] as const)('is seen by the administrator where the credential may not look (%s)', async (kind, status) => {
    expect((await evidence(batch(kind, status), { administratorView: connected })).view).toEqual({
      observed: connected,
      by: 'administrator',
    });
    expect((await evidence(batch(kind, status))).view).toEqual({ observed: null, reason: 'not-permitted' });
  });

  it('is seen by the administrator where there is no token', async () => {
    const external = { ...withRecord({ custody: 'external' }), administratorView: connected };
    expect((await evidence({}, external)).view).toEqual({ observed: connected, by: 'administrator' });
    expect((await evidence({ tokens: { graph: new Fault('token.refused') } }, { administratorView: connected })).view).toEqual({
      observed: connected,
      by: 'administrator',
    });
  });

  it('is not said to be unseen because Graph did not answer', async () => {
    await expect(evidence(batch('uncertain', 503))).rejects.toMatchObject({ kind: 'uncertain' });
  });

  it('is seen at Microsoft’s time, as far as that differs', async () => {
    const at = async (difference: number) => (await evidence({ difference })).view.observed?.at;
    expect(await at(3_600_000)).toBe('2026-11-24T09:30:00.000Z');
    expect(await at(1000)).toBe('2026-11-24T10:30:00.000Z');
  });
});

it('a proof is every check that applies, in order, with what they come to', async () => {
  const { run } = gathering({ tokens: { graph: new Fault('token.key-not-found') } }, { administratorView: connected });
  const { proof, evidence: gathered } = await verifyRegistration({
    ...run,
    replicating: true,
    behind: () => new Set(),
    server: null,
    ewsSwitch: null,
    consentOutstanding: false,
  });
  expect(gathered.administratorView).toBe(connected);
  expect(proof).toMatchObject({ ok: false, at: '2026-11-24T10:30:00.000Z', state: 'needs-attention' });
  expect(proof.checks.map(({ check, result }) => `${check} ${result}`).slice(0, 3)).toEqual([
    'token-graph pending',
    'token-exchange pending',
    'graph-read not-testable',
  ]);
  expect(proof.checks.map(({ check }) => check)).not.toContain('mail-read');
});
