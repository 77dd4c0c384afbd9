import { describe, expect, it } from 'vitest';
import { verify } from '../../../main/registration/verbs/verify.ts';
import { profileById, type ProfileReference } from '../../../main/servers/index.ts';
import { resourceAppIds } from '../../../main/clouds/index.ts';
import { harness, kindly, tenantOf, type Harness } from './harness.ts';

const mailbox = 'test.mailbox@contoso.example';
const hour = 3_600_000;

const imapProfile: ProfileReference = {
  id: 'own',
  version: 1,
  permissions: [
    { resourceAppId: resourceAppIds.graph, value: 'Directory.Read.All', type: 'Role', why: 'x' },
    { resourceAppId: resourceAppIds.exchange, value: 'IMAP.AccessAsApp', type: 'Role', why: 'x' },
  ],
};

/** A credential in a tenant whose Exchange Online has this day. */
async function connected(profile: ProfileReference, day = '2026-11-30') {
  const here = await harness({ knobs: kindly });
  await here.connect({
    profile: profile.id === 'own' ? { ...profileById('directory-only'), ...profile, permissions: own(profile) } : profileById(profile.id),
  });
  here.server.world.knobs.exchangeAhead = Date.parse(`${day}T00:00:00Z`) - here.clock.now().getTime();
  return here;
}

const own = ({ permissions }: ProfileReference) => permissions.map((each) => ({ ...each, source: null, until: null }));

async function administer({ server }: Harness, set: object): Promise<void> {
  const response = await fetch(`${server.origin}/practice/exchange`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ tenant: 'contoso.example', set }),
  });
  expect(response.status).toBe(200);
}

async function allowEws(here: Harness): Promise<void> {
  const appId = here.services.engine.store.find('Contoso archive').clientId;
  await administer(here, { ewsAllowedAppIds: [appId] });
  await administer(here, { ewsEnabled: true });
  here.clock.pass(24 * hour);
}

/** Verifies, and tells what is kept of it: result and code of each check, as data. */
async function proven(here: Harness, named: string | null = mailbox) {
  const { engine } = here.services;
  await verify(engine, 'Contoso archive', { signIn: false, ...(named === null ? {} : { mailbox: named }) }, here.run());
  const { proof, state } = engine.store.find('Contoso archive');
  const check = (name: string) => proof?.checks.find((each) => each.check === name);
  return {
    state,
    told: (name: string) => {
      const evidence = check(name)?.evidence;
      return [check(name)?.result, typeof evidence === 'object' ? evidence.code : evidence];
    },
    script: (name: string) => check(name)?.script,
    text: JSON.stringify(proof),
  };
}

describe('a mailbox that is named', () => {
  it('proves the guide’s own profile where EWS is allowed, and what it has shown stays until the certificate changes', async () => {
    const here = await connected(profileById('mailstore-guide'));
    await allowEws(here);
    const report = await proven(here);
    expect(report.told('ews-allowed')).toEqual(['passed', 'check.mail.counted']);
    expect(report.state).toBe('proven');
    const later = await proven(here, null);
    expect(later.told('ews-allowed')[0]).toBe('not-testable');
    expect(later.state).toBe('proven');
  });

  it('is not touched where none is named', async () => {
    const here = await connected(profileById('mailstore-guide'));
    const report = await proven(here, null);
    expect(report.told('ews-allowed')).toEqual(['not-testable', 'check.ews-allowed.not-testable']);
    expect(report.state).toBe('set-up');
  });

  it('tells with Microsoft’s own words that EWS is off, or that the list leaves the application out', async () => {
    const here = await connected(profileById('mailstore-guide'));
    const off = await proven(here);
    expect(off.told('ews-allowed')).toEqual(['failed', 'check.mail.disabled']);
    expect(off.script('ews-allowed')).toContain('Set-OrganizationConfig -EwsAllowedAppIDs');
    expect(off.text).toContain('EWS is disabled for this user or tenant');
    expect(off.state).toBe('needs-attention');
    await administer(here, { ewsEnabled: true });
    here.clock.pass(hour);
    const left = await proven(here);
    expect(left.told('ews-allowed')).toEqual(['failed', 'check.mail.not-allowed']);
    expect(left.text).toContain('EWS is blocked by policy for this user or tenant');
  });

  it('that is off by itself, or that is none', async () => {
    const here = await connected(profileById('mailstore-guide'));
    await allowEws(here);
    await administer(here, { mailbox, ewsEnabled: false });
    expect((await proven(here)).told('ews-allowed')).toEqual(['failed', 'check.mail.disabled']);
    expect((await proven(here, 'nobody@contoso.example')).told('ews-allowed')).toEqual(['not-testable', 'check.mail.no-mailbox']);
  });

  it('is gone for EWS after its end, whatever was allowed', async () => {
    const here = await connected(profileById('mailstore-guide'), '2027-03-31');
    await allowEws(here);
    expect((await proven(here)).told('ews-allowed')).toEqual(['failed', 'check.mail.disabled']);
  });

  it('is counted through Microsoft Graph', async () => {
    const here = await connected(profileById('mailstore-graph'));
    const report = await proven(here);
    expect(report.told('mail-read')).toEqual(['passed', 'check.mail.counted']);
    expect(report.state).toBe('proven');
    expect((await proven(here, 'nobody@contoso.example')).told('mail-read')).toEqual(['not-testable', 'check.mail.no-mailbox']);
  });

  it('is counted over IMAP once Exchange has opened it to the enterprise application', async () => {
    const here = await connected(imapProfile);
    const closed = await proven(here);
    expect(closed.told('imap')).toEqual(['failed', 'check.mail.not-opened']);
    expect(closed.script('mailbox-permission')).toContain('Add-MailboxPermission');
    const { clientId: appId, servicePrincipalId: objectId } = here.services.engine.store.find('Contoso archive');
    await administer(here, { servicePrincipal: { appId, objectId } });
    await administer(here, { fullAccess: { mailbox, objectId } });
    const report = await proven(here);
    expect([report.told('imap')[0], report.told('mailbox-permission')[0], report.state]).toEqual(['passed', 'passed', 'proven']);
    await administer(here, { mailbox, imapEnabled: false });
    expect((await proven(here)).told('imap')).toEqual(['failed', 'check.mail.not-opened']);
  });
});

describe('an application that Exchange scopes', () => {
  it('is no failure where the mailbox can be counted: tokens and grants have no role, and it is said', async () => {
    const here = await connected(profileById('mailstore-graph'));
    const tenant = tenantOf(here);
    const mailRole = tenant.servicePrincipals.flatMap(({ appRoles }) => appRoles ?? []).find(({ value }) => value === 'Mail.ReadWrite');
    tenant.appRoleAssignments = tenant.appRoleAssignments.filter(({ appRoleId }) => appRoleId !== mailRole?.id);
    const without = await proven(here);
    expect([without.told('token-graph'), without.told('mail-read')]).toEqual([
      ['failed', 'check.token.roles-missing'],
      ['failed', 'check.mail.no-permission'],
    ]);
    const { clientId: appId } = here.services.engine.store.find('Contoso archive');
    await administer(here, { roleAssignment: { appId, role: 'Application Mail.ReadWrite', mailboxes: [mailbox] } });
    const scoped = await proven(here);
    expect([scoped.told('token-graph'), scoped.told('roles-granted'), scoped.told('mail-read')]).toEqual([
      ['passed', 'check.token.scoped'],
      ['passed', 'check.roles-granted.scoped'],
      ['passed', 'check.mail.counted'],
    ]);
    expect(scoped.state).toBe('proven');
    expect((await proven(here, 'sales@contoso.example')).told('mail-read')).toEqual(['failed', 'check.mail.no-permission']);
  });
});

it('a token goes to the service that it is for, and to no other', async () => {
  const hosts: string[] = [];
  const here = await connected(profileById('mailstore-guide'));
  await allowEws(here);
  const services = await here.open(here.clock, async (address, init) => {
    const headers = new Headers(init?.headers);
    const [, payload = ''] = /^Bearer [^.]+\.([^.]+)\./.exec(headers.get('authorization') ?? '') ?? [];
    if (payload !== '')
      hosts.push(`${headers.get('x-practice-host')} ${JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))['aud']}`);
    return fetch(address, init);
  });
  await verify(services.engine, 'Contoso archive', { signIn: false, mailbox }, here.run());
  expect(new Set(hosts)).toEqual(
    new Set(['graph.microsoft.com https://graph.microsoft.com', 'outlook.office365.com https://outlook.office365.com']),
  );
});
