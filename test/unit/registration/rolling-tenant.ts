import type { KeyObject } from 'node:crypto';
import { vi } from 'vitest';
import { clouds } from '../../../main/clouds/index.ts';
import { storedCertificate, type CredentialRecord, type StoredCertificate } from '../../../main/credential/index.ts';
import { createHash } from 'node:crypto';
import type { Directory } from '../../../main/directory/directory.ts';
import { Fault } from '../../../main/faults.ts';
import type { AppOnlyRequest } from '../../../main/identity/session.ts';
import type { Connection, LeasedEngine } from '../../../main/registration/engine.ts';
import { createTexts } from '../../../main/texts/index.ts';
import { ours } from '../certificates/samples.ts';
import { sampleRecord } from '../vault/records.ts';
import { emptyTenant, fakeDirectory } from './fake-tenant.ts';
import { graphResource } from './generated-tenant.ts';
import { lone, privateKey, type Lone } from './lone-engine.ts';

export interface Entry {
  readonly keyId: string;
  readonly key: string;
  readonly startDateTime: string;
  readonly endDateTime: string;
  readonly displayName: string;
}

export const clientId = '30000000-0000-4000-8000-000000000002';
const hashOf = (key: string) => createHash('sha256').update(Buffer.from(key, 'base64')).digest('hex').toUpperCase();

/** A certificate that is valid on the day of these tests. */
export async function certificateOf(name: string): Promise<StoredCertificate> {
  const { certificate } = await ours(name, 2048, new Date('2026-11-24T10:00:00Z'));
  return storedCertificate(certificate, 'made-here');
}

export interface Rolling {
  readonly engine: LeasedEngine;
  readonly connection: Connection;
  readonly run: Lone['run'];
  readonly kept: Lone['kept'];
  readonly forgotten: readonly string[];
  /** Keys that were saved, by thumbprint. */
  readonly saved: Map<string, KeyObject>;
  /** SHA-256 thumbprints in the application. */
  readonly published: () => string[];
  /** SHA-256 thumbprints that no token is issued for, although they are published; with the reason. */
  readonly refused: Map<string, Fault>;
  /** Stands in for what the tenant does. */
  readonly directory: Directory;
}

/** A registered credential in a tenant that rolls its keys as Microsoft does: tokens by what is published, nothing else. */
export function rollingTenant(certificates: readonly StoredCertificate[], changes: Partial<CredentialRecord>): Rolling {
  const entry = ({ keyId, der, notBefore, notAfter, subject }: StoredCertificate): Entry => ({
    keyId: keyId ?? '',
    key: der,
    startDateTime: notBefore,
    endDateTime: notAfter,
    displayName: subject,
  });
  const directoryRead = graphResource.roles['Directory.Read.All'] ?? '';
  const tenant = Object.assign(emptyTenant(), {
    application: { id: 'object', appId: clientId, signInAudience: 'AzureADMyOrg', keyCredentials: certificates.map(entry), web: {} },
    principal: { id: 'sp' },
    roleGrants: [{ id: 'g', appRoleId: directoryRead, principalId: 'sp', resourceId: graphResource.servicePrincipalId }],
  });
  const keys = () => tenant.application.keyCredentials;
  const write = (next: Entry[]) => {
    tenant.application = { ...tenant.application, keyCredentials: next };
  };
  const own = fakeDirectory(tenant);
  const directory: Directory = {
    ...own,
    read: async <T>(path: string) =>
      (path.startsWith('/users') ? { value: [{ id: 'a' }] } : path.includes('appId=') ? tenant.application : await own.read(path)) as T,
    addKey: async (_, key) => {
      const made = { ...key, keyId: `d0000000-0000-4000-8000-00000000000${keys().length}` } as unknown as Entry;
      write([...keys(), made]);
      return { keyId: made.keyId };
    },
    removeKey: async (_, keyId) => write(keys().filter((each) => each.keyId !== keyId)),
  };
  const record = sampleRecord({ clientId, objectId: 'a0000000-0000-4000-8000-000000000001', redirectUri: null, ...changes });
  const each = lone(record);
  const saved = new Map<string, KeyObject>();
  const refused = new Map<string, Fault>();
  const save = vi.fn<(name: { thumbprint: string }, key: KeyObject) => Promise<void>>(
    async ({ thumbprint }, key) => void saved.set(thumbprint, key),
  );
  const load = ({ thumbprint }: { thumbprint: string }) => Promise.resolve(saved.get(thumbprint) ?? privateKey);
  const appOnlyToken = ({ thumbprintSha256, tenantId, clientId: appid }: AppOnlyRequest) => {
    const there = keys().some(({ key }) => hashOf(key) === thumbprintSha256);
    const fault = refused.get(thumbprintSha256) ?? (there ? null : new Fault('token.key-not-found'));
    if (fault !== null) return Promise.reject(fault);
    const claims = { aud: clouds.global.graph, tid: tenantId, appid, oid: 'sp', roles: ['Directory.Read.All'] };
    return Promise.resolve({ accessToken: 'token', clockDifference: null, claims });
  };
  const engine = {
    ...each.engine,
    texts: createTexts('en'),
    policies: {},
    serverTime: () => null,
    unsettled: { has: () => false },
    linkedServers: { of: () => null, ask: () => Promise.resolve(null) },
    secrets: { ...each.engine.secrets, save, load },
  };
  const connection = { identity: { appOnlyToken }, directory: () => directory, counts: () => ({ graph: 0, identity: 0, sequential: 0 }) };
  return {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a rotation uses nothing else of the engine
    engine: engine as unknown as LeasedEngine,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- likewise
    connection: connection as unknown as Connection,
    run: each.run,
    kept: each.kept,
    forgotten: each.forgotten,
    saved,
    published: () => keys().map(({ key }) => hashOf(key)),
    refused,
    directory,
  };
}
