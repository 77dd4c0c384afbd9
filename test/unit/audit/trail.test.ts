import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { createAuditTrail } from '../../../main/audit/index.ts';
import type { AuditTrail, NewAuditEntry } from '../../../main/audit/index.ts';
import { createCredentialStore } from '../../../main/credential/index.ts';
import type { Database } from '../../../main/vault/index.ts';
import { sampleRecord } from '../vault/records.ts';
import { testClock, testDatabase } from '../vault/samples.ts';
import type { TestClock } from '../vault/samples.ts';

function setUp(): { database: Database; clock: TestClock; trail: AuditTrail } {
  const database = testDatabase();
  const clock = testClock();
  return { database, clock, trail: createAuditTrail(database, clock) };
}

const entry = (changes: Partial<NewAuditEntry> = {}): NewAuditEntry => ({
  operation: 'run-1',
  credentialId: 'contoso',
  tenantId: 'tenant-1',
  actor: 'admin@contoso.com',
  phase: 'intent',
  change: 'add-key-credential',
  ...changes,
});

describe('the trail', () => {
  test('names every object by its id, also where it looks like a secret', () => {
    const { trail } = setUp();
    // Ids of grants are 32 bytes in base64url (Microsoft Graph, appRoleAssignment and oAuth2PermissionGrant resource types).
    const changes = [
      {
        change: 'revoke-role',
        resourceId: '14d82eec-204b-4c2f-b7e8-296a70dab67e',
        assignmentId: 'WmtM5na7Uus0D8kI1yylpU9dBjftJeZ4CVPmB92K27w',
      },
      { change: 'grant-scopes', grantId: '-uus0D8kI1yylpU9dBjftJeZ4CVP_mB92K27WmtM5na' },
      { change: 'remove-key-credential', keyId: '24d82eec-204b-4c2f-b7e8-296a70dab67e', thumbprint: 'AB'.repeat(20) },
    ];
    const error =
      '404 Request_ResourceNotFound: /servicePrincipals/14d82eec-204b-4c2f-b7e8-296a70dab67e/appRoleAssignedTo/WmtM5na7Uus0D8kI1yylpU9dBjftJeZ4CVPmB92K27w';
    expect(trail.append(entry({ detail: { changes, error } })).detail).toEqual({ changes, error });
  });

  test('keeps who did what, where, when', () => {
    const { trail } = setUp();
    const written = trail.append(
      entry({
        step: 'key-credential',
        target: 'object-1',
        detail: { thumbprint: 'AB'.repeat(20), enableIdTokenIssuance: true },
        correlationId: 'request-1',
      }),
    );
    expect(written).toEqual({
      id: 1,
      at: '2026-11-24T10:30:00.000Z',
      ...entry(),
      step: 'key-credential',
      target: 'object-1',
      detail: { thumbprint: 'AB'.repeat(20), enableIdTokenIssuance: true },
      correlationId: 'request-1',
    });
    expect(trail.list()).toEqual([written]);
  });

  test('takes no secrets, whatever they are called', () => {
    const { trail } = setUp();
    const pem = `-----BEGIN PRIVATE KEY-----\n${'MIIEvQ'.repeat(20)}\n-----END PRIVATE KEY-----`;
    const { detail } = trail.append(entry({ detail: { note: pem, accessToken: 'abc' } }));
    expect(detail).toEqual({ note: '[redacted]', accessToken: '[redacted]' });
  });

  test('answers for a credential, an operation, since when, the latest so many', () => {
    const { trail, clock } = setUp();
    trail.append(entry());
    trail.append(entry({ phase: 'done' }));
    clock.advance(60_000);
    trail.append(entry({ operation: 'run-2', phase: 'failed' }));
    trail.append(entry({ credentialId: 'fabrikam' }));
    const ids = (query?: Parameters<AuditTrail['list']>[0]): number[] => trail.list(query).map(({ id }) => id);
    expect(ids()).toEqual([1, 2, 3, 4]);
    expect(ids({ credentialId: 'contoso' })).toEqual([1, 2, 3]);
    expect(ids({ operation: 'run-2' })).toEqual([3]);
    expect(ids({ since: clock.now() })).toEqual([3, 4]);
    expect(ids({ since: new Date(clock.now().getTime() + 1) })).toEqual([]);
    const later = new Date(clock.now().getTime() + 1);
    clock.advance(-90_000);
    trail.append(entry());
    // Written after one that is so recent, so it is, too.
    expect(ids({ since: new Date(clock.now().getTime() + 90_000) })).toEqual([3, 4, 5]);
    expect(ids({ since: new Date(clock.now().getTime() + 90_000), credentialId: 'fabrikam' })).toEqual([4]);
    // Written after the latest, by a clock that was behind.
    expect(ids({ since: later })).toEqual([5]);
    expect(ids({ since: later, credentialId: 'fabrikam' })).toEqual([]);
    expect(ids({ credentialId: 'contoso', limit: 2 })).toEqual([3, 5]);
  });

  test('knows every write that was begun, finished or not', () => {
    const { trail } = setUp();
    trail.append(entry({ change: 'create-application' }));
    trail.append(entry({ change: 'create-application', phase: 'uncertain' }));
    trail.append(entry({ change: 'grant-role' }));
    trail.append(entry({ credentialId: 'fabrikam' }));
    expect(trail.writesTo('contoso').map(({ change }) => change)).toEqual(['create-application', 'grant-role']);
  });

  test('shares transactions with the store', () => {
    const { database, clock, trail } = setUp();
    const store = createCredentialStore(database, clock);
    expect(() =>
      database.write(() => {
        store.insert(sampleRecord());
        trail.append(entry());
        throw new Error('crash');
      }),
    ).toThrow('crash');
    expect([store.list(), trail.list()]).toEqual([[], []]);
  });

  test('outlives the credential', () => {
    const { database, clock, trail } = setUp();
    const store = createCredentialStore(database, clock);
    const record = sampleRecord({ id: randomUUID() });
    store.insert(record);
    trail.append(entry({ credentialId: record.id }));
    store.purge(record.id);
    expect(trail.list({ credentialId: record.id })).toHaveLength(1);
  });
});

describe('nothing can be taken back', () => {
  test.for([
    ['an update', `UPDATE audit SET actor = 'nobody'`],
    ['a deletion', 'DELETE FROM audit'],
    [
      'a replacement',
      `INSERT OR REPLACE INTO audit SELECT id, at, operation, credential_id, tenant_id, 'nobody', phase, change, step, target, detail, correlation_id FROM audit`,
    ],
  ])('%s, not even past the application', ([, statement]) => {
    const { database, trail } = setUp();
    const before = trail.append(entry());
    const raw = new DatabaseSync(database.path);
    expect(() => raw.exec(statement ?? '')).toThrow('append-only');
    raw.close();
    expect(trail.list()).toEqual([before]);
  });
});
