import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resourceAppIds } from '../../../main/clouds/index.ts';
import type { PracticeTenant } from '../../../main/practice/world.ts';
import { ewsDaysLeft } from '../../../main/registration/ews.ts';
import { readEwsUsage } from '../../../main/registration/ews-usage.ts';
import { ewsOfAll, ewsOfTenant, type EwsOutcome } from '../../../main/registration/verbs/ews.ts';
import { profileById } from '../../../main/servers/index.ts';
import { harness, kindly, type Harness } from './harness.ts';

const request = { usage: null, signIn: false };

/** An application of somebody else's with a permission on Exchange Online: by role, or delegated. */
function hangOn(tenant: PracticeTenant, name: string, value: 'full_access_as_app' | 'EWS.AccessAsUser.All'): string {
  const exchange = tenant.servicePrincipals.find(({ appId }) => appId === resourceAppIds.exchange);
  const role = exchange?.appRoles?.find((each) => each.value === value)?.id ?? '';
  const [id, appId] = [randomUUID(), randomUUID()];
  tenant.servicePrincipals.push({ id, appId, displayName: name, accountEnabled: true, appOwnerOrganizationId: randomUUID() });
  const resourceId = exchange?.id ?? '';
  if (value === 'full_access_as_app')
    tenant.appRoleAssignments.push({
      id: randomUUID(),
      principalId: id,
      resourceId,
      appRoleId: role,
      createdDateTime: '2024-01-01T00:00:00Z',
    });
  else
    tenant.oauth2PermissionGrants.push({
      id: randomUUID(),
      clientId: id,
      resourceId,
      consentType: 'AllPrincipals',
      scope: `openid ${value}`,
    });
  return appId;
}

const first = ({ server }: Harness): PracticeTenant => {
  const [tenant] = server.world.state.tenants;
  if (tenant === undefined) throw new Error('no tenant');
  return tenant;
};

/** A file with this text. */
function file(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'tenant-keyring-usage-')), 'usage.csv');
  writeFileSync(path, text);
  return path;
}

/** Credentials of the first tenants, one each, with this profile. */
async function connectedTo(here: Harness, profiles: readonly string[]): Promise<void> {
  const { tenants } = here.server.describe();
  for (const [index, id] of profiles.entries()) {
    const tenant = tenants[index];
    const account = tenant?.accounts.find(({ role }) => role === 'Global Administrator')?.upn;
    await here.connect(
      { name: `Archive ${index}`, profile: profileById(id), ...(id === 'imap-access' ? { redirectUri: null } : {}) },
      here.run(account, { tenant: tenant?.id ?? '' }),
    );
  }
}

describe('what hangs on EWS', () => {
  it('is read with the credential’s own token: ours marked, others with what they hold, those without left out', async () => {
    const here = await harness({ knobs: kindly });
    await connectedTo(here, ['mailstore-guide']);
    hangOn(first(here), 'Backup', 'full_access_as_app');
    hangOn(first(here), 'Calendar', 'EWS.AccessAsUser.All');
    const { clientId } = here.services.engine.store.find('Archive 0');
    const told = await ewsOfTenant(here.services.engine, 'global', 'Archive 0', request, here.run());
    expect(told).toMatchObject({ tenantName: 'Contoso', readBy: { credential: 'Archive 0' }, switch: null, unused: [] });
    expect(told.holders.map(({ name, permissions, ours, owner, calls }) => ({ name, permissions, ours, owner, calls }))).toEqual([
      { name: 'Backup', permissions: ['full_access_as_app'], ours: false, owner: 'another-tenant', calls: null },
      { name: 'Calendar', permissions: ['EWS.AccessAsUser.All'], ours: false, owner: 'another-tenant', calls: null },
      { name: 'MailStore Server', permissions: ['full_access_as_app'], ours: true, owner: 'this-tenant', calls: null },
    ]);
    expect(told.holders.at(-1)?.clientId).toBe(clientId);
  });

  it('says who looks after each application and when it last signed in, by the reports of Microsoft', async () => {
    const here = await harness({ knobs: kindly });
    await connectedTo(here, ['mailstore-guide']);
    const tenant = first(here);
    const backup = hangOn(tenant, 'Backup', 'full_access_as_app');
    const principal = tenant.servicePrincipals.find(({ appId }) => appId === backup);
    const [somebody] = tenant.users;
    if (principal !== undefined) principal.owners = [{ id: somebody?.id ?? '' }];
    tenant.principalSignIns = { [backup]: { at: '2026-11-20T08:00:00.000Z', requestId: 'r' } };
    hangOn(tenant, 'Idle', 'full_access_as_app');
    const told = () => ewsOfTenant(here.services.engine, 'global', 'Archive 0', request, here.run());
    const read = await told();
    expect(read.signInReport).toBe('read');
    expect(read.holders.map(({ name, owners, lastSignIn }) => ({ name, owners, lastSignIn }))).toEqual([
      { name: 'Backup', owners: [somebody?.userPrincipalName], lastSignIn: '2026-11-20T08:00:00.000Z' },
      { name: 'Idle', owners: [], lastSignIn: null },
      // The registration is here and has an owner; its own token was the last sign-in.
      { name: 'MailStore Server', owners: [here.account('Global Administrator')], lastSignIn: expect.stringMatching(/Z$/) },
    ]);
    tenant.premium = false;
    const without = await told();
    expect([without.signInReport, without.holders.map(({ lastSignIn }) => lastSignIn)]).toEqual(['licence', [null, null, null]]);
  });

  it('says what a move may lose: licences as Microsoft Graph tells them, the rest by the script’s result, and what nobody read', async () => {
    const here = await harness({ knobs: kindly });
    await connectedTo(here, ['mailstore-guide']);
    const plan = { servicePlanId: randomUUID(), servicePlanName: 'EXCHANGE_S_DESKLESS', provisioningStatus: 'Success', appliesTo: 'User' };
    first(here).subscribedSkus = [
      { skuId: randomUUID(), skuPartNumber: 'SPE_F1', consumedUnits: 7, servicePlans: [plan] },
      {
        skuId: randomUUID(),
        skuPartNumber: 'SPE_E3',
        consumedUnits: 9,
        servicePlans: [{ ...plan, servicePlanName: 'EXCHANGE_S_ENTERPRISE' }],
      },
    ];
    const counts = async (more: object) => {
      const { losses } = await ewsOfTenant(here.services.engine, 'global', 'Archive 0', { ...request, ...more }, here.run());
      return Object.fromEntries(losses.map(({ loss, count }) => [loss, count]));
    };
    expect(await counts({})).toEqual({ 'archive-mailboxes': null, 'public-folders': null, 'imap-off': null, 'kiosk-licences': 7 });
    const about = { version: 1, tenantId: first(here).id, at: '2026-11-30T12:00:00.000Z', whatIf: false, kind: 'losses' } as const;
    const losses = new Map([[first(here).id, { ...about, archives: ['a@contoso.example'], publicFolders: 3, withoutImap: [] }]]);
    expect(await counts({ losses })).toEqual({ 'archive-mailboxes': 1, 'public-folders': 3, 'imap-off': 0, 'kiosk-licences': 7 });
  });

  it('is told apart by use with the report of the admin centre', async () => {
    const here = await harness({ knobs: kindly });
    await connectedTo(here, ['mailstore-guide']);
    const busy = hangOn(first(here), 'Backup', 'full_access_as_app');
    const usage = await readEwsUsage(
      file(
        `Report Refresh Date,Application ID,SOAP Action,Number of calls\n2026-11-22,${busy.toUpperCase()},GetItem,"1,200"\n2026-11-22,${busy},FindItem,34\n`,
      ),
    );
    const told = await ewsOfTenant(here.services.engine, 'global', 'Archive 0', { ...request, usage }, here.run());
    expect(told.holders.map(({ name, calls }) => [name, calls])).toEqual([
      ['Backup', 1234],
      ['MailStore Server', 0],
    ]);
    expect(told.unused.map(({ name }) => name)).toEqual(['MailStore Server']);
  });

  it.each(['', 'a,b\n1,2\n', '\u0000\u0001'])('is not told by a file that is no such report: %#', async (text) => {
    await expect(readEwsUsage(file(text))).rejects.toMatchObject({ code: 'ews.usage-unreadable' });
  });

  it('takes as many requests in a tenant of a thousand applications as in a small one', async () => {
    const requests = async (principals: number): Promise<number> => {
      const here = await harness({ knobs: kindly, principals });
      await connectedTo(here, ['mailstore-guide']);
      let asked = 0;
      const services = await here.open(here.clock, (address, init) => {
        asked += 1;
        return fetch(address, init);
      });
      await ewsOfTenant(services.engine, 'global', 'Archive 0', request, here.run());
      return asked;
    };
    const [small, large] = [await requests(3), await requests(1000)];
    expect([small, large]).toEqual([large, large]);
    expect(large).toBeLessThanOrEqual(10);
  });
});

describe('all tenants', () => {
  it('are read with what each credential may, and signed in to one after another where none may; what fails stops none', async () => {
    const here = await harness({ knobs: kindly, tenants: 3 });
    await connectedTo(here, ['mailstore-guide', 'imap-access', 'mailstore-guide']);
    const [, , poisoned] = here.server.world.state.tenants;
    if (poisoned === undefined) throw new Error('no third tenant');
    poisoned.servicePrincipals = poisoned.servicePrincipals.filter(({ appId }) => appId !== resourceAppIds.graph);
    const outcomes: EwsOutcome[] = [];
    await ewsOfAll(here.services.engine, request, here.run(), (outcome) => void outcomes.push(outcome));
    const told = (list: readonly EwsOutcome[]) =>
      Object.fromEntries(
        list.map((each) =>
          'tenant' in each ? [each.tenant.tenantName, Object.keys(each.tenant.readBy)[0]] : [each.tenantName, each.fault.code],
        ),
      );
    expect(told(outcomes)).toMatchObject({ Contoso: 'credential', Fabrikam: 'ews.sign-in-needed' });
    expect(Object.keys(told(outcomes))).toHaveLength(3);
    const signedIn: EwsOutcome[] = [];
    const second = here.server.describe().tenants[1]?.accounts.find(({ role }) => role === 'Global Administrator')?.upn;
    await ewsOfAll(here.services.engine, { ...request, signIn: true }, here.run(second), (outcome) => void signedIn.push(outcome));
    expect(told(signedIn)).toMatchObject({ Contoso: 'credential', Fabrikam: 'administrator' });
  });
});

it('the days that are left are whole ones, and none after the end', () => {
  const left = (date: string) => ewsDaysLeft(new Date(date));
  expect([
    left('2026-11-30T12:00:00Z'),
    left('2027-03-31T00:00:00Z'),
    left('2027-03-31T23:59:00Z'),
    left('2027-04-01T00:00:00Z'),
    left('2028-01-01'),
  ]).toEqual([122, 1, 1, 0, 0]);
});
