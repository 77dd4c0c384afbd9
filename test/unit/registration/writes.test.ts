import { describe, expect, it } from 'vitest';
import { Fault } from '../../../main/faults.ts';
import { writeChanges } from '../../../main/registration/apply/writes.ts';
import type { Change } from '../../../main/registration/change.ts';
import type { ObservedApplication } from '../../../main/registration/observed.ts';
import { connected, application, signInGrant } from './connected-tenant.ts';
import { desired, exchangeResource, graphResource, ourKey } from './generated-tenant.ts';
import { failure, toDo, writing } from './writes.ts';

if (desired.certificate === null) throw new Error('no certificate');
const { certificate } = desired;
const create = toDo({ change: 'create-application', displayName: 'MailStore Server', uniqueName: 'tenant-keyring-1' });
const idTokens = toDo({ change: 'enable-id-tokens' });
const addKey = toDo({ change: 'add-key-credential', certificate });
const removeKey = toDo({ change: 'remove-key-credential', keyId: 'k1', displayName: 'old', ours: true, thumbprint: 'A' }, true);
const principal = toDo({ change: 'create-service-principal', appId: '' });
const resource = toDo({ change: 'create-resource-service-principal', appId: exchangeResource.appId });
const enable = toDo({ change: 'enable-service-principal', id: 'sp' });
const unassigned = toDo({ change: 'clear-assignment-required', id: 'sp' }, true);
const role = toDo({
  change: 'grant-role',
  resourceAppId: graphResource.appId,
  resourceId: graphResource.servicePrincipalId,
  roleId: 'role',
  value: 'Directory.Read.All',
});
const revoke = toDo({ change: 'revoke-role', resourceId: 'exchange', assignmentId: 'g4', value: 'Mail.Read', resource: 'Exchange' }, true);
const scopes = (grantId: string | null, scope = 'openid User.Read'): ReturnType<typeof toDo> =>
  toDo({ change: 'grant-scopes', resourceId: graphResource.servicePrincipalId, scope, grantId, added: ['User.Read'] });
const unknown = { clientId: null, objectId: null, servicePrincipalId: null };
const nowhere = { ...connected, application: null, servicePrincipal: null };
const names = (asked: unknown[][]) => asked.map(([name]) => name);

describe('the order of writing', () => {
  it('is resources, application, its service principal, then consent, each with the ids that the one before has told', async () => {
    const { run, asked, ids, done } = writing(
      { upsertApplication: () => ({ appId: 'new-client', id: 'new-object' }), createServicePrincipal: () => ({ id: 'new-sp' }) },
      { known: unknown },
    );
    await writeChanges(run, [role, scopes(null), principal, idTokens, create, resource], nowhere);
    expect(asked).toEqual([
      ['createServicePrincipal', exchangeResource.appId],
      [
        'upsertApplication',
        'tenant-keyring-1',
        {
          displayName: 'MailStore Server',
          signInAudience: 'AzureADMyOrg',
          servicePrincipalLockConfiguration: { isEnabled: true, allProperties: true },
          web: { implicitGrantSettings: { enableIdTokenIssuance: true, enableAccessTokenIssuance: false } },
        },
      ],
      ['createServicePrincipal', 'new-client', ['WindowsAzureActiveDirectoryIntegratedApp']],
      ['assignAppRole', { principalId: 'new-sp', resourceId: graphResource.servicePrincipalId, appRoleId: 'role' }],
      [
        'createDelegatedGrant',
        { clientId: 'new-sp', resourceId: graphResource.servicePrincipalId, consentType: 'AllPrincipals', scope: 'openid User.Read' },
      ],
    ]);
    expect(ids).toEqual([{ clientId: 'new-client', objectId: 'new-object' }, { servicePrincipalId: 'new-sp' }]);
    expect(done).toEqual([
      'create-resource-service-principal',
      'enable-id-tokens',
      'create-application',
      'create-service-principal',
      'grant-role',
      'grant-scopes',
    ]);
  });

  it('ends after an upsert that told no ids: what is there has to be read before anything else is written', async () => {
    const { run, asked, ids, done } = writing({ upsertApplication: () => null }, { known: unknown });
    await writeChanges(run, [create, principal, role], nowhere);
    expect(names(asked)).toEqual(['upsertApplication']);
    expect(ids).toEqual([]);
    expect(done).toEqual(['create-application']);
  });

  it.each([null, ''])('ends where the application is not known (%j), whatever else is due', async (clientId) => {
    const { run, asked } = writing({}, { known: { ...unknown, clientId } });
    await writeChanges(run, [principal, role], nowhere);
    expect(asked).toEqual([]);
  });

  it('ends after a service principal that was there already: its id has to be read', async () => {
    const { run, asked, done } = writing(
      { createServicePrincipal: () => Promise.reject(failure('already-there', 409)) },
      { known: { ...unknown, clientId: 'client' } },
    );
    await writeChanges(run, [principal, role], nowhere);
    expect(names(asked)).toEqual(['createServicePrincipal']);
    expect(done).toEqual(['create-service-principal']);
  });

  it('ends after that also where another one was known before: consent is for the one that is there', async () => {
    const { run, asked } = writing(
      { createServicePrincipal: () => Promise.reject(failure('already-there', 409)) },
      { known: { ...unknown, clientId: 'client', servicePrincipalId: 'gone' } },
    );
    await writeChanges(run, [principal, role], nowhere);
    expect(names(asked)).toEqual(['createServicePrincipal']);
  });
});

describe('an application in the recycle bin', () => {
  const restore = (servicePrincipalId: string | null): Change => ({
    change: 'restore-application',
    objectId: 'object',
    servicePrincipalId,
  });

  it('comes back with its service principal, and nothing else is written before both were read', async () => {
    const { run, asked } = writing({});
    await writeChanges(run, [toDo(restore('its-sp')), role], nowhere);
    expect(asked).toEqual([
      ['restoreDeletedItem', 'object'],
      ['restoreDeletedItem', 'its-sp'],
    ]);
  });

  it('comes back alone where its service principal was deleted for good; any other failure ends it', async () => {
    const restoring = (reason: Error) =>
      writing({ restoreDeletedItem: (id: never) => (id === 'its-sp' ? Promise.reject(reason) : Promise.resolve()) });
    const purged = restoring(failure('not-found', 404));
    await writeChanges(purged.run, [toDo(restore('its-sp'))], nowhere);
    expect(purged.done).toEqual(['restore-application']);
    expect(purged.trail.map(({ phase, target }) => [phase, target])).toEqual([
      ['intent', 'object'],
      ['done', 'object'],
      ['intent', 'its-sp'],
      ['failed', 'its-sp'],
    ]);
    const refused = restoring(failure('forbidden', 403));
    await expect(writeChanges(refused.run, [toDo(restore('its-sp'))], nowhere)).rejects.toMatchObject({ kind: 'forbidden' });
    expect(refused.done).toEqual([]);
  });

  it('comes back alone where none was found', async () => {
    const { run, asked } = writing({});
    await writeChanges(run, [toDo(restore(null))], nowhere);
    expect(asked).toEqual([['restoreDeletedItem', 'object']]);
  });
});

describe('creation', () => {
  it('that may have been executed before carries the name alone, and does no other change', async () => {
    const { run, asked, done } = writing({ upsertApplication: () => ({ appId: 'a', id: 'o' }) }, { known: unknown }, 1);
    await writeChanges(run, [create, addKey, idTokens], nowhere);
    expect(asked).toEqual([['upsertApplication', 'tenant-keyring-1', { displayName: 'MailStore Server' }]]);
    expect(done).toEqual(['create-application']);
  });
});

describe('consent', () => {
  it('that this administrator may not give is told, and the rest goes on', async () => {
    const { run, refused, done } = writing({ assignAppRole: () => Promise.reject(failure('forbidden', 403)) });
    await writeChanges(run, [role, scopes(null), enable], connected);
    expect(refused).toEqual(['grant-role']);
    expect(done.toSorted()).toEqual(['enable-service-principal', 'grant-scopes']);
  });

  it.each(['invalid', 'throttled', 'policy', 'not-found'] as const)(
    'that failed otherwise (%s) is no refusal: the run ends by it',
    async (kind) => {
      const { run, refused, done } = writing({ assignAppRole: () => Promise.reject(failure(kind)) });
      await expect(writeChanges(run, [role, scopes(null)], connected)).rejects.toMatchObject({ kind });
      expect(refused).toEqual([]);
      // The other one was waited for, and counts.
      expect(done).toEqual(['grant-scopes']);
    },
  );

  it('is all that may be refused: any other change ends the run', async () => {
    const { run, refused } = writing({ updateServicePrincipal: () => Promise.reject(failure('forbidden', 403)) });
    await expect(writeChanges(run, [enable], connected)).rejects.toMatchObject({ kind: 'forbidden' });
    expect(refused).toEqual([]);
  });

  it('is not refused by what was no answer of Microsoft’s', async () => {
    const { run, refused } = writing({ assignAppRole: () => Promise.reject(new Error('forbidden')) });
    await expect(writeChanges(run, [role], connected)).rejects.toThrow('forbidden');
    expect(refused).toEqual([]);
  });
});

describe('a grant for everybody', () => {
  const others = { ...signInGrant, scope: 'openid Calendars.Read' };
  const fresh = scopes('d1', 'openid Calendars.Read User.Read');

  it('is read directly before, and keeps what others added meanwhile', async () => {
    const seen: unknown[] = [];
    const { run, asked } = writing(
      {},
      {
        readGrant: (id) => Promise.resolve({ ...others, id }),
        planFor: ({ delegatedGrants }) => {
          seen.push(delegatedGrants);
          return [fresh, role];
        },
      },
    );
    const another = { ...signInGrant, id: 'another' };
    await writeChanges(run, [scopes('d1')], { ...connected, delegatedGrants: [signInGrant, another] });
    expect(seen).toEqual([[another, others]]);
    expect(asked).toEqual([['updateDelegatedGrant', 'd1', 'openid Calendars.Read User.Read']]);
  });

  it.each([
    ['is gone', null, [scopes(null)]],
    ['has it by now', others, []],
  ])('that %s is planned for anew', async (_, grant, plan) => {
    const { run, asked } = writing({}, { readGrant: () => Promise.resolve(grant), planFor: () => plan });
    await expect(writeChanges(run, [scopes('d1')], connected)).rejects.toMatchObject({
      name: 'StalePlan',
      observed: { delegatedGrants: grant === null ? [] : [grant] },
    });
    expect(asked).toEqual([]);
  });
});

describe('a role', () => {
  it('that somebody revoked meanwhile is revoked', async () => {
    const { run, asked, done } = writing({ removeAppRole: () => Promise.reject(failure('not-found', 404)) });
    await writeChanges(run, [revoke], connected);
    expect(asked).toEqual([['removeAppRole', 'exchange', 'g4']]);
    expect(done).toEqual(['revoke-role']);
  });

  it.each([failure('forbidden', 403), new Error('not-found')])(
    'that is not revoked for another reason ends the run (%s)',
    async (reason) => {
      const { run, done } = writing({ removeAppRole: () => Promise.reject(reason) });
      await expect(writeChanges(run, [revoke], connected)).rejects.toBe(reason);
      expect(done).toEqual([]);
    },
  );
});

describe('a service principal', () => {
  it('is enabled, and opened for everybody, each alone', async () => {
    const { run, asked } = writing({});
    await writeChanges(run, [enable, unassigned], connected);
    expect(asked).toEqual([
      ['updateServicePrincipal', 'sp', { accountEnabled: true }],
      ['updateServicePrincipal', 'sp', { appRoleAssignmentRequired: false }],
    ]);
  });

  it.each(['invalid', 'not-found', 'not-replicated'] as const)(
    'of Exchange that cannot be made (%s) is said to be missing',
    async (kind) => {
      const { run } = writing({ createServicePrincipal: () => Promise.reject(failure(kind)) });
      await expect(writeChanges(run, [resource], connected)).rejects.toMatchObject({
        code: 'registration.exchange-missing',
        params: { detail: 'Because.' },
      });
    },
  );

  it.each([failure('forbidden', 403), new Error('no network')])('of Exchange that fails otherwise fails by that (%s)', async (reason) => {
    const { run } = writing({ createServicePrincipal: () => Promise.reject(reason) });
    await expect(writeChanges(run, [resource], connected)).rejects.toBe(reason);
  });
});

describe('the application', () => {
  const current = { ...application, idTokens: false, redirectUris: ['https://added.meanwhile.example'] };
  const uri = (uris: string[]) => toDo({ change: 'set-redirect-uris', uris, added: 'https://mailstore.example.com' });

  it('is read directly before, and written in one request that keeps what others added', async () => {
    const seen: unknown[] = [];
    const { run, asked, done } = writing(
      {},
      {
        readApplication: (id) => Promise.resolve({ ...current, objectId: id }),
        planFor: (observed) => {
          seen.push(observed.application?.redirectUris);
          return [uri(['https://added.meanwhile.example', 'https://mailstore.example.com']), idTokens, role];
        },
      },
    );
    await writeChanges(run, [uri(['https://mailstore.example.com']), idTokens], connected);
    expect(seen).toEqual([current.redirectUris]);
    expect(asked).toEqual([
      [
        'updateApplication',
        application.objectId,
        {
          web: {
            redirectUris: ['https://added.meanwhile.example', 'https://mailstore.example.com'],
            implicitGrantSettings: { enableIdTokenIssuance: true, enableAccessTokenIssuance: false },
          },
        },
      ],
    ]);
    expect(done).toEqual(['set-redirect-uris', 'enable-id-tokens']);
  });

  it.each([
    ['less', []],
    ['more', [idTokens, addKey]],
    ['something else', [addKey]],
  ])('is not written where %s is to be done by now', async (_, plan) => {
    const { run, asked } = writing({}, { readApplication: () => Promise.resolve(current), planFor: () => plan });
    await expect(writeChanges(run, [idTokens], connected)).rejects.toMatchObject({ name: 'StalePlan', observed: { application: current } });
    expect(asked).toEqual([]);
  });

  it('leaves single key credentials to a key of its own, and the rest to a plan made after it', async () => {
    const byItself: string[] = [];
    const { run, asked, done } = writing(
      {},
      {
        readApplication: () => Promise.resolve(current),
        planFor: () => [addKey, removeKey, idTokens],
        ownKeys: (changes) =>
          Promise.resolve({
            write: (planned, objectId) => Promise.resolve(void byItself.push(`${changes.length} ${planned.change.change} ${objectId}`)),
          }),
      },
    );
    await writeChanges(run, [addKey, removeKey, idTokens], connected);
    expect(byItself).toEqual([`2 add-key-credential ${application.objectId}`, `2 remove-key-credential ${application.objectId}`]);
    expect(asked).toEqual([]);
    expect(done).toEqual(['add-key-credential', 'remove-key-credential']);
  });

  it.each([
    ['takes no proof', 'rotation.proof-refused'],
    ['forbids it', failure('forbidden', 403)],
    ['takes no token', failure('unauthenticated', 401)],
  ])('writes nothing more of the keys in this round where Microsoft %s after one of them', async (_, reason) => {
    const refusal = typeof reason === 'string' ? new Fault('rotation.proof-refused', { params: { detail: '' } }) : reason;
    let written = 0;
    const { run, asked, done } = writing(
      {},
      {
        readApplication: () => Promise.resolve(current),
        planFor: () => [addKey, removeKey, idTokens],
        ownKeys: () => Promise.resolve({ write: () => ((written += 1) === 1 ? Promise.resolve() : Promise.reject(refusal)) }),
      },
    );
    await writeChanges(run, [addKey, removeKey, idTokens], connected);
    expect(asked).toEqual([]);
    expect(done).toEqual(['add-key-credential']);
  });

  it('is written by the administrator where its own key gets no further than the first', async () => {
    const { run, asked } = writing(
      {},
      {
        readApplication: () => Promise.resolve(current),
        planFor: () => [addKey, idTokens],
        ownKeys: () => Promise.resolve({ write: () => Promise.reject(failure('forbidden', 403)) }),
      },
    );
    await writeChanges(run, [addKey, idTokens], connected);
    expect(Object.keys(asked[0]?.[2] ?? {}).toSorted()).toEqual(['keyCredentials', 'web']);
  });

  it.each([failure('invalid'), new Fault('interrupted')])('ends by any other failure of its own key (%s)', async (reason) => {
    const { run, asked } = writing(
      {},
      {
        readApplication: () => Promise.resolve(current),
        planFor: () => [addKey],
        ownKeys: () => Promise.resolve({ write: () => Promise.reject(reason) }),
      },
    );
    await expect(writeChanges(run, [addKey], connected)).rejects.toBe(reason);
    expect(asked).toEqual([]);
  });
});

describe('an entry that is sent back as it was read', () => {
  const refusal = failure('invalid', 400);
  const foreign = { ...ourKey, thumbprintSha256: null, entry: { ...ourKey.entry, keyId: 'f0000000-0000-4000-8000-000000000001' } };
  const before = { ...application, keyCredentials: [foreign] };
  const after = { ...application, keyCredentials: [] };

  /** Adds our key beside those of an application, which Microsoft refuses for this reason. */
  function adding(current: ObservedApplication, reason: unknown, changes = [addKey], now: ObservedApplication | null = after) {
    const asked: ObservedApplication[] = [];
    const { run, done } = writing(
      { updateApplication: () => Promise.reject(reason) },
      {
        readApplication: () => Promise.resolve(current),
        planFor: () => changes,
        readOtherKeys: (seen) => Promise.resolve(asked.push(seen)).then(() => now),
      },
    );
    return { outcome: writeChanges(run, changes, connected), asked, done };
  }

  it('and that somebody has removed meanwhile makes the plan stale: it is made anew for what is there now', async () => {
    const { outcome, asked, done } = adding(before, refusal);
    await expect(outcome).rejects.toMatchObject({ name: 'StalePlan', observed: { application: after, servicePrincipal: { id: 'sp' } } });
    expect([asked, done]).toEqual([[before], []]);
    const beside = { ...application, keyCredentials: [foreign, { ...foreign, entry: { ...foreign.entry, keyId: 'another' } }] };
    await expect(adding(beside, refusal).outcome).rejects.toMatchObject({ name: 'StalePlan' });
  });

  it('and is still there leaves the refusal what it is', async () => {
    const { outcome, asked } = adding(before, refusal, [addKey], null);
    await expect(outcome).rejects.toBe(refusal);
    expect(asked).toEqual([before]);
  });

  it.each<[string, ObservedApplication, unknown, (typeof addKey)[]]>([
    ['no entry was sent back', after, refusal, [addKey]],
    ['no key credentials were written', before, refusal, [idTokens]],
    ['Microsoft refuses it for another reason', before, failure('forbidden', 403), [addKey]],
    ['it was no answer of Microsoft’s', before, Object.assign(new Error('no network'), { kind: 'invalid' }), [addKey]],
  ])('is no reason to look where %s', async (_, current, reason, changes) => {
    const { outcome, asked } = adding(current, reason, changes);
    await expect(outcome).rejects.toBe(reason);
    expect(asked).toEqual([]);
  });
});
