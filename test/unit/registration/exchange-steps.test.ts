import { describe, expect, it } from 'vitest';
import { clouds, resourceAppIds } from '../../../main/clouds/index.ts';
import { openImapFile, type ImapScript } from '../../../main/registration/exchange-scripts/imap.ts';
import { lossesFile } from '../../../main/registration/exchange-scripts/losses.ts';
import { scopedRoles, scopeFile, scopeName } from '../../../main/registration/exchange-scripts/rbac.ts';
import { profileById } from '../../../main/servers/index.ts';

const tenantId = '70000000-0000-4000-8000-000000000001';
const clientId = '5A1F3C0E-7A52-4C1E-9D51-0F5B6F3D1A01';
const servicePrincipalId = '5A1F3C0E-7A52-4C1E-9D51-0F5B6F3D1A02';
const graph = profileById('mailstore-graph');

const about = (changes: Partial<ImapScript>): ImapScript => ({
  cloud: clouds.global,
  tenantId,
  tenantName: 'Contoso',
  clientId,
  servicePrincipalId,
  name: 'MailStore Server',
  mailboxes: ["o'neil@contoso.com"],
  group: null,
  result: 'result.json',
  generatedAt: '2026-11-30T12:00:00Z',
  ...changes,
});
const imap = (changes: Partial<ImapScript> = {}) => openImapFile(about(changes));
const rbac = (changes: Partial<ImapScript> = {}) => scopeFile({ ...about(changes), roles: scopedRoles(graph) });
const losses = (changes: Partial<ImapScript> = {}) => lossesFile(about(changes));

const linesOf = (script: string): string[] => script.split('\r\n').map((line) => line.trim());
const lineAt = (lines: readonly string[], part: string): number => lines.findIndex((line) => line.startsWith(part));

/** Lines that change something in the tenant: neither those that are told, nor those that are the words of the undo. */
const writing = /^(New|Set|Add|Remove)-(ServicePrincipal|ManagementScope|ManagementRoleAssignment|MailboxPermission|CASMailbox)/;

describe.each([
  ['imap', imap],
  ['rbac', rbac],
  ['losses', losses],
])('the script %s', (kind, script) => {
  it('has everything filled in, and every line of it ends as Windows ends lines', () => {
    const text = script({ cloud: clouds.gcch });
    expect(text).toContain(`$tenantId = '${tenantId}'`);
    expect(text).toContain('Connect-ExchangeOnline -ShowBanner:$false -ExchangeEnvironmentName O365USGovGCCHigh');
    expect(text).toContain(`kind = '${kind}'`);
    expect(text).toContain("$ResultPath = 'result.json'");
    expect(text).not.toMatch(/<[a-z]/);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('changes nothing before it has looked at the tenant, asks before each change, and is in the tenant that is meant', () => {
    const lines = linesOf(script());
    const writes = lines.flatMap((line, index) => (writing.test(line) ? [index] : []));
    expect(writes.length > 0).toBe(kind !== 'losses');
    const guarded = lines.flatMap((line, index) => (line.includes('$PSCmdlet.ShouldProcess(') ? [index] : []));
    for (const write of writes) {
      expect(write).toBeGreaterThan(lineAt(lines, 'if ("$($connection.TenantID)"'));
      expect(write).toBeGreaterThan(lineAt(lines, 'Write-Host "To undo it'));
      // Directly before it, but for the beginning of a `try`.
      expect(write - Math.max(...guarded.filter((at) => at < write))).toBeLessThanOrEqual(2);
    }
  });

  it.each(["'; Remove-Item C:\\ #", '’; throw 1 #', "a‘b‚c‛d'e", 'one\r\nStop-Computer', '#> Stop-Computer'])(
    'runs nothing of a name: %j',
    (name) => {
      const lines = script({ name, tenantName: name, mailboxes: [name], group: name, result: name }).split('\r\n');
      for (const line of lines.filter((each) => /^(\$displayName|param)/.test(each))) {
        // In a literal a mark stands for itself when it is doubled; what is left are the marks that begin and end one.
        const marks = line.replaceAll(/(['\u2018-\u201B])\1/g, '').match(/['\u2018-\u201B]/g) ?? [];
        expect(marks.length % 2).toBe(0);
        expect(marks.every((mark) => mark === "'")).toBe(true);
      }
      // The comment ends where it is to end; behind it the same marks are text in a literal.
      expect(lines.find((line) => line.includes('#>'))).toBe('#>');
      expect(lines.filter((line) => line.startsWith('Stop-Computer'))).toEqual([]);
    },
  );
});

describe('the script for IMAP', () => {
  it('makes the enterprise application known by its own object id, and stops where Exchange has another', () => {
    const lines = linesOf(imap());
    expect(lines).toContain(`$objectId = '${servicePrincipalId.toLowerCase()}'`);
    expect(lines).toContain('New-ServicePrincipal -AppId $appId -ObjectId $objectId -DisplayName $displayName | Out-Null');
    const stop = lineAt(lines, 'if ($before.servicePrincipal -and $before.servicePrincipal.objectId -ne $objectId)');
    expect(lines[stop + 1]).toMatch(/^throw .*Nothing was changed/);
    expect(stop).toBeLessThan(lines.findIndex((line) => writing.test(line)));
  });

  it('opens what is closed and nothing else, and undoes exactly that', () => {
    const text = imap({ group: 'archive@contoso.com' });
    expect(text).toContain("$Mailbox = @('o''neil@contoso.com'), [string] $Group = 'archive@contoso.com'");
    expect(text).toContain('$closed = @($before.mailboxes | Where-Object { $_.found -and -not $_.fullAccess })');
    expect(text).toContain('$undo = @($closed | ForEach-Object { "Remove-MailboxPermission');
    expect(text).toContain('foreach ($each in $closed) {');
  });
});

describe('the script for a scope', () => {
  it('takes the roles from the profile, those of Exchange that stand for its permissions', () => {
    expect(scopedRoles(graph).map(({ role }) => role)).toEqual(['Application Mail.ReadWrite']);
    expect(scopedRoles(profileById('mailstore-guide'))).toEqual([
      { role: 'Application EWS.AccessAsApp', permission: 'full_access_as_app' },
    ]);
    expect(scopedRoles(profileById('imap-access'))).toEqual([]);
    const basic = { resourceAppId: resourceAppIds.graph, value: 'Mail.ReadBasic.All', type: 'Role', why: 'x' } as const;
    expect(scopedRoles({ permissions: [basic, { ...basic, value: 'Mail.Send' }, { ...basic, type: 'Scope' }] })).toEqual([
      { role: 'Application Mail.ReadBasic', permission: 'Mail.ReadBasic.All' },
    ]);
  });

  it('has names that Exchange takes: 64 characters at most', () => {
    expect(scopeName(clientId).length).toBeLessThanOrEqual(64);
    const names = [...rbac().matchAll(/; Name = '([^']+)'/g)].map(([, name]) => name);
    expect(names).toEqual([`Mail.ReadWrite ${clientId.toLowerCase()}`]);
    expect(names.every((name) => (name ?? '').length <= 64)).toBe(true);
  });

  it('makes the scope before it assigns a role in it, takes a scope back to what it was, and says what the scope does not restrict', () => {
    const lines = linesOf(rbac());
    expect(lineAt(lines, 'New-ManagementScope')).toBeLessThan(lineAt(lines, 'New-ManagementRoleAssignment'));
    expect(lines.find((line) => line.startsWith('$undo += "Set-ManagementScope'))).toContain('ConvertTo-Quoted $before.scope.filter');
    expect(lineAt(lines, "Write-Warning 'While Microsoft Entra ID grants the application Mail.ReadWrite,")).toBeGreaterThan(0);
  });
});
