import { describe, expect, it } from 'vitest';
import type { Directory } from '../../../main/directory/directory.ts';
import { applying, nothingLeft } from './applying.ts';
import type { FakeTenant } from './fake-tenant.ts';
import { desired } from './generated-tenant.ts';
import { failure } from './writes.ts';

const seconds = 1000;

async function connected(): Promise<FakeTenant> {
  const { tenant, outcome } = await applying({});
  await outcome;
  return tenant;
}

/** What the first reads of single objects answer; undefined is what is there. */
const firstReads =
  (...answers: ((path: string) => object | null | undefined)[]) =>
  (own: Directory): Partial<Directory> => ({
    read: async <T>(path: string, signal?: AbortSignal) => {
      const answer = answers.shift()?.(path);
      if (answer === null) throw failure('not-found', 404);
      return answer === undefined ? own.read<T>(path, signal) : (answer as T);
    },
  });

describe('what others have put beside ours', () => {
  const uris = (tenant: FakeTenant) => (tenant.application?.['web'] as { redirectUris?: string[] } | undefined)?.redirectUris;
  const withUris = ({ application }: FakeTenant, redirectUris: string[]) =>
    application === null ? null : { ...application, web: { ...(application['web'] as object), redirectUris } };

  it('and a replica that is behind does not show is waited for, and stays: redirect URIs', async () => {
    const tenant = await connected();
    Object.assign(tenant, { application: withUris(tenant, ['https://other']) });
    const { outcome, pauses } = await applying({ tenant, instead: firstReads(() => withUris(tenant, [])) });
    expect(await outcome).toMatchObject(nothingLeft);
    expect(uris(tenant)).toEqual(['https://other', desired.redirectUri]);
    expect(pauses).toEqual(['replication']);
  });

  it('and somebody takes away meanwhile is missed for half a minute, and gone then', async () => {
    const tenant = await connected();
    Object.assign(tenant, { application: withUris(tenant, ['https://other']) });
    const takingAway = firstReads(() => {
      Object.assign(tenant, { application: withUris(tenant, []) });
      return undefined;
    });
    const { outcome, waited } = await applying({ tenant, instead: takingAway });
    expect(await outcome).toMatchObject(nothingLeft);
    expect(uris(tenant)).toEqual([desired.redirectUri]);
    expect(waited()).toBeGreaterThanOrEqual(30 * seconds);
    expect(waited()).toBeLessThan(90 * seconds);
  });

  const granted = (tenant: FakeTenant, scope: string) => {
    tenant.delegatedGrants = tenant.delegatedGrants.map((grant) => ({ ...grant, scope }));
    return tenant.delegatedGrants[0];
  };

  it('and a replica that is behind does not show is waited for, and stays: scopes of a grant', async () => {
    const tenant = await connected();
    const grant = granted(tenant, 'openid Calendars.Read');
    const { outcome, pauses, asked } = await applying({ tenant, instead: firstReads(() => ({ ...grant, scope: 'openid' })) });
    expect(await outcome).toMatchObject(nothingLeft);
    expect(tenant.delegatedGrants.map(({ scope }) => scope)).toEqual(['openid Calendars.Read profile email User.Read']);
    expect([pauses, asked]).toEqual([['replication'], ['updateDelegatedGrant']]);
  });

  it('is given up with its grant, which is made anew once it was missing for half a minute', async () => {
    const tenant = await connected();
    granted(tenant, 'openid Calendars.Read');
    const takingAway = firstReads(() => {
      tenant.delegatedGrants = [];
      return undefined;
    });
    const { outcome, waited, asked } = await applying({ tenant, instead: takingAway });
    expect(await outcome).toMatchObject(nothingLeft);
    expect(tenant.delegatedGrants.map(({ scope }) => scope)).toEqual(['openid profile email User.Read']);
    expect(asked).toEqual(['createDelegatedGrant']);
    expect(waited()).toBeGreaterThanOrEqual(30 * seconds);
  });
});

describe('a key credential of somebody else', () => {
  interface Entry {
    readonly keyId: string;
  }
  const entries = ({ application }: FakeTenant) => (application?.['keyCredentials'] ?? []) as readonly Entry[];
  const foreignId = 'f0000000-0000-4000-8000-000000000001';

  /** The application with another's key credential in the place of ours. */
  async function replaced(): Promise<FakeTenant> {
    const tenant = await connected();
    const keyCredentials = entries(tenant).map((entry) => ({ ...entry, keyId: foreignId, key: Buffer.from('another').toString('base64') }));
    Object.assign(tenant, { application: { ...tenant.application, keyCredentials } });
    return tenant;
  }
  /** Refuses the first request as Microsoft does where an entry that is sent back is not there any more. */
  const refusing =
    (times: number, meanwhile: () => void) =>
    (own: Directory): Partial<Directory> => {
      let left = times;
      return {
        updateApplication: async (...args) => {
          if ((left -= 1) < 0) return own.updateApplication(...args);
          meanwhile();
          throw failure('invalid', 400);
        },
      };
    };

  it('that is removed between the look and the request is not put back', async () => {
    const tenant = await replaced();
    const removing = refusing(1, () => Object.assign(tenant, { application: { ...tenant.application, keyCredentials: [] } }));
    const { outcome, asked } = await applying({ tenant, instead: removing });
    expect(await outcome).toMatchObject(nothingLeft);
    expect(entries(tenant).map(({ keyId }) => keyId)).toEqual([desired.certificate?.keyId]);
    expect(asked).toEqual(['updateApplication', 'updateApplication']);
  });

  it('that stays was not the reason: the refusal ends the run, after reads had half a minute to show another', async () => {
    const tenant = await replaced();
    const { outcome, waited, pauses } = await applying({ tenant, instead: refusing(1, () => undefined) });
    await expect(outcome).rejects.toMatchObject({ kind: 'invalid' });
    expect(entries(tenant).map(({ keyId }) => keyId)).toEqual([foreignId]);
    expect(waited()).toBeGreaterThan(20 * seconds);
    expect(waited()).toBeLessThanOrEqual(30 * seconds);
    expect(new Set(pauses)).toEqual(new Set(['replication']));
  });
});
