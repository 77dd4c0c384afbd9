import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resourceAppIds } from '../../../main/clouds/index.ts';
import { expectationsOf } from '../../../main/registration/exchange-scripts/expectation.ts';
import { scopeName } from '../../../main/registration/exchange-scripts/rbac.ts';
import { readExchangeResult, switchOfResult } from '../../../main/registration/exchange-result.ts';
import { everyLoss, lossesToAccept } from '../../../main/registration/ews-losses.ts';
import { profileById } from '../../../main/servers/index.ts';
import { record } from './check-context.ts';

const tenantId = '70000000-0000-4000-8000-000000000001';
const appId = '5a1f3c0e-7a52-4c1e-9d51-0f5b6f3d1a01';
const objectId = '5a1f3c0e-7a52-4c1e-9d51-0f5b6f3d1a02';
const other = '5a1f3c0e-7a52-4c1e-9d51-0f5b6f3d1a03';
const about = { version: 1, tenantId, at: '2026-11-30T12:00:00.1234567Z', whatIf: false, undo: [] };
const graph = profileById('mailstore-graph');
const basic = { resourceAppId: resourceAppIds.graph, value: 'Mail.ReadBasic.All', type: 'Role', why: 'x' } as const;
const ours = {
  ...record,
  clientId: appId.toUpperCase(),
  servicePrincipalId: objectId.toUpperCase(),
  profile: { ...graph, permissions: [...graph.permissions, basic] },
};

const file = (document: object): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'tenant-keyring-step-')), 'result.json');
  writeFileSync(path, JSON.stringify(document));
  return path;
};

/** What is not as expected, by name. */
async function unmet(document: object, of: typeof ours | null = ours): Promise<Record<string, readonly string[]>> {
  const expectations = expectationsOf(await readExchangeResult(file(document)), of);
  return Object.fromEntries(expectations.filter(({ met }) => !met).map(({ expected, otherwise }) => [expected, otherwise]));
}

const principal = { appId, objectId };
const mailbox = (address: string, changes: object = {}) => ({
  address,
  found: true,
  fullAccess: true,
  imapEnabled: true,
  reason: null,
  ...changes,
});
const imap = (after: object, changes: object = {}) => ({ ...about, kind: 'imap', appId, objectId, before: after, after, ...changes });
const allDone = { servicePrincipal: principal, mailboxes: [mailbox('a@contoso.com')] };

const assigned = ['Application Mail.ReadWrite', 'Application Mail.ReadBasic'];
const scope = { name: scopeName(appId), filter: "((MemberOfGroup -eq 'CN=x'))" };
const inScope = assigned.map((role) => ({ role, scope: scope.name }));
const scoped = { servicePrincipal: principal, scope, assigned, held: inScope };
const rbac = (after: object) => ({ ...about, kind: 'rbac', appId, objectId, filter: "MemberOfGroup -eq 'CN=x'", before: after, after });

describe('the result of a script', () => {
  it('is as expected where the script itself read it so afterwards', async () => {
    expect(await unmet(imap(allDone))).toEqual({});
    expect(await unmet(rbac(scoped))).toEqual({});
    expect(await unmet({ ...about, kind: 'losses', archives: [], publicFolders: 0, withoutImap: [] }, null)).toEqual({});
  });

  it.each([
    ['a wrong object id', imap({ ...allDone, servicePrincipal: { appId, objectId: other } }), { 'service-principal': [other] }],
    ['an application that Exchange does not know', imap({ ...allDone, servicePrincipal: null }), { 'service-principal': [objectId] }],
    [
      'mailboxes that are not open',
      imap({ ...allDone, mailboxes: [mailbox('a@x', { fullAccess: false }), mailbox('b@x', { imapEnabled: false }), mailbox('c@x')] }),
      { 'mailbox-access': ['a@x'], 'imap-enabled': ['b@x'] },
    ],
    [
      'a mailbox that is not there',
      imap({ ...allDone, mailboxes: [mailbox('a@x', { found: false, fullAccess: false, imapEnabled: false })] }),
      { 'mailbox-access': ['a@x'] },
    ],
    ['no scope', rbac({ ...scoped, scope: null }), { scope: [scopeName(appId)] }],
    ['a role that is missing', rbac({ ...scoped, assigned: assigned.slice(1) }), { roles: assigned.slice(0, 1) }],
    [
      'a wider scope beside ours',
      rbac({ ...scoped, held: [...inScope, { role: 'Application Mail.ReadWrite', scope: 'Everybody' }] }),
      { 'only-scope': ['Application Mail.ReadWrite (Everybody)'] },
    ],
  ])('tells %s', async (_, document, expected) => {
    expect(await unmet(document)).toEqual(expected);
  });

  it('tells of the allow list what was not set, also in results from before scripts said what they are', async () => {
    const state = (ewsEnabled: boolean | null, ewsAllowedAppIds: string[]) => ({ ewsEnabled, ewsAllowedAppIds });
    const result = (after: object) => ({ ...about, appId, before: state(null, []), after });
    expect(await unmet(result(state(true, [appId])))).toEqual({});
    expect(await unmet({ ...result(state(null, [other])), kind: 'allow-list' })).toEqual({
      'ews-listed': [appId],
      'ews-enabled': ['null'],
    });
  });

  it('says of a run with -WhatIf that it has changed nothing, unless there was nothing to change', async () => {
    const none = { servicePrincipal: null, mailboxes: [] };
    expect(Object.keys(await unmet(imap(none, { whatIf: true })))).toEqual(['changed', 'service-principal']);
    expect(await unmet(imap(allDone, { whatIf: true }))).toEqual({});
  });

  it('says nothing of an application that no credential has', async () => {
    expect(await unmet(imap(allDone), null)).toEqual({ application: [appId] });
  });

  it('is refused where it is of another script', async () => {
    expect(switchOfResult(await readExchangeResult(file(imap(allDone))))).toBeNull();
    await expect(readExchangeResult(file({ ...imap(allDone), kind: 'other' }))).rejects.toMatchObject({ code: 'ews.result-unreadable' });
    await expect(readExchangeResult(file({ ...imap(allDone), objectId: 'x' }))).rejects.toMatchObject({ code: 'ews.result-unreadable' });
  });
});

describe('what a move may lose', () => {
  const at = '2026-11-30T12:00:00.000Z';
  const exchange = { archives: ['a@contoso.com', 'b@contoso.com'], publicFolders: 0, withoutImap: ['c@contoso.com'], at };
  const licences = {
    products: [
      { sku: 'EXCHANGEDESKLESS', assigned: 3 },
      { sku: 'SPE_F1', assigned: 4 },
    ],
    readAt: at,
  };

  it('is counted as far as somebody has looked', () => {
    expect(Object.fromEntries(everyLoss({ exchange, licences }).map(({ loss, count }) => [loss, count]))).toEqual({
      'archive-mailboxes': 2,
      'public-folders': 0,
      'imap-off': 1,
      'kiosk-licences': 7,
    });
  });

  it('has to be accepted where it is there, of IMAP only by a move to IMAP, and after 30 days it may be there again', () => {
    const to = (api: string, value: string) => ({ permissions: [{ resourceAppId: api, type: 'Role' as const, value, why: '' }] });
    const [toGraph, toImap] = [to(resourceAppIds.graph, 'Mail.Read'), to(resourceAppIds.exchange, 'IMAP.AccessAsApp')];
    const found = { archives: [], publicFolders: 0, withoutImap: ['a@contoso.example'], at: '2026-11-01T12:00:00.000Z' };
    const told = (target: typeof toGraph, day: string) =>
      lossesToAccept(found, target, new Date(`${day}T12:00:00Z`)).map(({ loss, count }) => [loss, count]);
    expect(told(toGraph, '2026-12-01')).toEqual([]);
    expect(told(toImap, '2026-12-01')).toEqual([['imap-off', 1]]);
    expect(told(toGraph, '2026-12-02')).toEqual([
      ['archive-mailboxes', null],
      ['public-folders', null],
    ]);
  });

  it('is not known where nobody has: none is something else', () => {
    expect(everyLoss({ exchange: null, licences: null }).map(({ count, readAt }) => [count, readAt])).toEqual([
      [null, null],
      [null, null],
      [null, null],
      [null, null],
    ]);
  });
});
