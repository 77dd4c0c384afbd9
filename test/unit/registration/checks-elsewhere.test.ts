import { describe, expect, it } from 'vitest';
import { clouds, resourceAppIds } from '../../../main/clouds/index.ts';
import { checks, checkTitle, type CheckName } from '../../../main/registration/verify/checks/index.ts';
import type { CredentialRecord } from '../../../main/credential/index.ts';
import type { Part } from '../../../main/registration/observe/behind.ts';
import { loadProfiles, namedChecks, profileById, type ProfilePermission } from '../../../main/servers/index.ts';
import { createTexts } from '../../../main/texts/index.ts';
import { contextOf } from './check-context.ts';
import { connected, withApplication } from './connected-tenant.ts';
import { sampleRecord } from '../vault/records.ts';

const role = (value: string, resourceAppId: string = resourceAppIds.exchange): ProfilePermission => ({
  resourceAppId,
  value,
  type: 'Role',
  why: 'x',
});
const withPermissions = (permissions: readonly ProfilePermission[], changes: Partial<CredentialRecord> = {}): CredentialRecord =>
  sampleRecord({ profile: { id: 'own', version: 1, permissions }, ...changes });

describe('the mailboxes of a protocol', () => {
  const { applies, validate } = checks['mailbox-permission'];

  it.each<[string, readonly ProfilePermission[], boolean]>([
    ['IMAP', [role('IMAP.AccessAsApp')], true],
    ['POP', [role('POP.AccessAsApp')], true],
    ['sending', [role('SMTP.SendAsApp')], true],
    ['one of several', [role('full_access_as_app'), role('IMAP.AccessAsApp')], true],
    ['EWS', [role('full_access_as_app')], false],
    ['IMAP as the person who signs in', [{ ...role('IMAP.AccessAsApp'), type: 'Scope' }], false],
    ['another resource', [role('IMAP.AccessAsApp', resourceAppIds.graph)], false],
    ['nothing', [], false],
  ])('are opened one by one: %s', (_, permissions, wanted) => {
    expect(applies(withPermissions(permissions))).toBe(wanted);
  });

  it('are named with a script that opens one to this very application, and lets it send where it is to send', () => {
    const ids = { clientId: 'the-client', servicePrincipalId: 'the-enterprise-application' };
    const told = (...values: string[]) =>
      validate(
        contextOf({
          record: withPermissions(
            values.map((value) => role(value)),
            ids,
          ),
        }),
      );
    const reading = told('full_access_as_app', 'IMAP.AccessAsApp', 'POP.AccessAsApp');
    expect(reading).toMatchObject({
      result: 'not-testable',
      evidence: { code: 'check.mailbox-permission.not-testable', params: { protocols: 'IMAP, POP' } },
    });
    const lines = reading.script?.split('\n') ?? [];
    expect(lines.slice(0, 3)).toEqual(["$appId = 'the-client'", "$objectId = 'the-enterprise-application'", 'Connect-ExchangeOnline']);
    expect(lines.filter((line) => line.startsWith('Add-'))).toEqual([
      'Add-MailboxPermission -Identity $mailbox -User $objectId -AccessRights FullAccess',
    ]);
    expect(told('SMTP.SendAsApp').script).toMatch(/\nAdd-RecipientPermission .* -Trustee \$objectId -AccessRights SendAs$/);
  });

  it('say where an id is still to be filled in, and connect to the Exchange of the cloud', () => {
    const record = withPermissions([role('IMAP.AccessAsApp')], { clientId: null, servicePrincipalId: null });
    expect(
      validate(contextOf({ record, cloud: clouds.gcch }))
        .script?.split('\n')
        .slice(0, 3),
    ).toEqual([
      "$appId = '<application (client) id>'",
      "$objectId = '<object id of the enterprise application>'",
      'Connect-ExchangeOnline -ExchangeEnvironmentName O365USGovGCCHigh',
    ]);
  });
});

describe('the allow list of EWS', () => {
  const { applies, validate } = checks['ews-allowed'];

  it('is not in Microsoft Graph: the script for it names this application, or says where its id goes', () => {
    const record = withPermissions([role('full_access_as_app')], { clientId: 'the-client' });
    expect(applies(record)).toBe(true);
    const told = validate(contextOf({ record }));
    expect(told).toMatchObject({ result: 'not-testable', evidence: { code: 'check.ews-allowed.not-testable' } });
    expect(told.script).toMatch(/^\$appId = 'the-client'\nConnect-ExchangeOnline\n/);
    expect(validate(contextOf({ record: { ...record, clientId: null } })).script).toMatch(/^\$appId = '<application \(client\) id>'\n/);
  });
});

describe('what is said of mailboxes and of roles in the directory', () => {
  it('is that nobody can see it from here', () => {
    const record = sampleRecord();
    for (const name of ['mail-read', 'imap', 'directory-role'] as const)
      expect(checks[name].validate(contextOf({ record }))).toEqual({
        result: 'not-testable',
        evidence: { code: `check.${name}.not-testable`, params: {} },
      });
  });

  it('is said where the profile reads mail without EWS, which has a check of its own', () => {
    const mailbox = (id: string) => checks['mail-read'].applies(sampleRecord({ profile: profileById(id) }));
    expect([mailbox('mailstore-graph'), mailbox('mailstore-guide'), mailbox('directory-only')]).toEqual([true, false, false]);
  });

  it('is said where the profile asks for a role in the directory', () => {
    const asking = loadProfiles().filter(({ id }) => namedChecks(id).includes('directory-role'));
    expect(asking.length).toBeGreaterThan(0);
    for (const profile of loadProfiles())
      expect(checks['directory-role'].applies(sampleRecord({ profile })), profile.id).toBe(asking.includes(profile));
  });
});

describe('what was written lately and is not seen yet', () => {
  const verdict = (name: CheckName, parts: readonly Part[], view = connected) =>
    checks[name].validate(
      contextOf({
        record: sampleRecord({ certificate: null }),
        behind: parts,
        evidence: { view: { observed: view, by: 'administrator' } },
      }),
    ).result;
  const gone = { ...connected, servicePrincipal: null, roleGrants: [], delegatedGrants: [] };

  it('is waited for: the application itself, whatever was to be seen in it', () => {
    const without = { ...connected, application: null };
    expect(verdict('logout-url', ['application'], without)).toBe('pending');
    expect(verdict('logout-url', ['service-principal'], without)).toBe('failed');
  });

  it('is waited for by the checks of that part alone', () => {
    const set = withApplication({ logoutUrl: 'https://x' });
    expect([verdict('logout-url', ['application'], set), verdict('logout-url', ['scopes User.Read'], set)]).toEqual(['pending', 'failed']);
    expect(verdict('service-principal', ['service-principal'], gone)).toBe('pending');
    expect(verdict('service-principal', ['application'], gone)).toBe('failed');
    expect(verdict('roles-granted', ['role r Mail.Read'], gone)).toBe('pending');
    expect(verdict('roles-granted', ['service-principal'], gone)).toBe('failed');
  });

  it('makes nothing that is right wrong', () => {
    expect(verdict('logout-url', ['application'])).toBe('passed');
  });
});

it('a check of another version is called by its own name', () => {
  const texts = createTexts('en');
  expect(checkTitle('roles-granted', texts)).toBe('Admin consent');
  expect(checkTitle('of-tomorrow', texts)).toBe('of-tomorrow');
  expect(checkTitle('toString', texts)).toBe('toString');
});
