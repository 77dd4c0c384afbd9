import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clouds } from '../../../main/clouds/index.ts';
import { readExchangeResult, switchOfResult } from '../../../main/registration/exchange-result.ts';
import { allowEwsFile, type ExchangeScript } from '../../../main/registration/exchange-scripts/allow-list.ts';

const tenantId = '70000000-0000-4000-8000-000000000001';
const clientId = '5A1F3C0E-7A52-4C1E-9D51-0F5B6F3D1A01';
const script = (changes: Partial<ExchangeScript> = {}): string =>
  allowEwsFile({
    cloud: clouds.global,
    tenantId,
    tenantName: 'Contoso',
    clientId,
    name: 'MailStore Server',
    others: [],
    result: 'ews.json',
    generatedAt: '2026-11-30T12:00:00Z',
    ...changes,
  });

const readSwitch = async (path: string) => switchOfResult(await readExchangeResult(path));

describe('the script for an Exchange administrator', () => {
  it('has everything filled in, and every line of it ends as Windows ends lines', () => {
    const text = script({ cloud: clouds.gcch, others: [{ clientId: '11111111-2222-3333-4444-555555555555', name: 'Backup' }] });
    expect(text).toContain(`$appId = '${clientId.toLowerCase()}'`);
    expect(text).toContain('Connect-ExchangeOnline -ShowBanner:$false -ExchangeEnvironmentName O365USGovGCCHigh');
    expect(text).toContain("[pscustomobject]@{ Id = '11111111-2222-3333-4444-555555555555'; Name = 'Backup' }");
    expect(text).not.toMatch(/<[a-z]/);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('writes the list before the switch, asks before each, and changes nothing before it has looked at the tenant and the others', () => {
    const lines = script().split('\r\n');
    const at = (part: string) => lines.findIndex((line) => line.trim().startsWith(part));
    const order = [
      'if ("$($connection.TenantID)"',
      '$before = Get-EwsState',
      'if ($unrestricted',
      'Write-Host "To undo it',
      'Set-OrganizationConfig -EwsAllowedAppIDs',
      'Set-OrganizationConfig -EwsEnabled',
      '$after = Get-EwsState',
    ];
    const places = order.map(at);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(places).not.toContain(-1);
    for (const line of lines.filter((each) => each.trim().startsWith('Set-OrganizationConfig')))
      expect(lines[lines.indexOf(line) - 1]).toContain('$PSCmdlet.ShouldProcess(');
  });

  it.each(["'; Remove-Item C:\\ #", '’; throw 1 #', "a‘b‚c‛d'e", 'one\r\nStop-Computer', '#> Stop-Computer'])(
    'runs nothing of a name: %j',
    (name) => {
      const text = script({ name, tenantName: name, others: [{ clientId, name }] });
      const literals = text.split('\r\n').filter((line) => line.includes('Name = '));
      // In a literal a mark stands for itself when it is doubled, and nothing else ends it.
      for (const line of literals) {
        const [, inside = ''] = /Name = '(.*)' \}$/.exec(line) ?? [];
        expect(inside.replaceAll(/(['\u2018-\u201B])\1/g, '')).not.toMatch(/['\u2018-\u201B]/);
      }
      expect(literals).toHaveLength(1);
      expect(text.split('\r\n').find((line) => line.includes('#>'))).toBe('#>');
      expect(text.split('\r\n').filter((line) => line.startsWith('Stop-Computer'))).toEqual([]);
    },
  );
});

describe('its result', () => {
  const file = (content: string | Uint8Array): string => {
    const path = join(mkdtempSync(join(tmpdir(), 'tenant-keyring-ews-')), 'result.json');
    writeFileSync(path, content);
    return path;
  };
  const state = (ewsEnabled: boolean | null, ewsAllowedAppIds: string[]) => ({ ewsEnabled, ewsAllowedAppIds });
  const result = (after: object) =>
    JSON.stringify({
      version: 1,
      tenantId,
      appId: clientId,
      at: '2026-11-30T12:00:00.1234567Z',
      whatIf: false,
      before: state(null, []),
      after,
      undo: ['x'],
    });

  it('is read as Windows PowerShell writes it, in UTF-8 with its mark or in UTF-16', async () => {
    const wanted = { tenantId, enabled: true, allowed: [clientId.toLowerCase()], source: '2026-11-30T12:00:00.123Z' };
    const text = result(state(true, [clientId.toLowerCase()]));
    expect(await readSwitch(file(`\u{FEFF}${text}`))).toEqual(wanted);
    expect(await readSwitch(file(Buffer.from(`\u{FEFF}${text}`, 'utf16le')))).toEqual(wanted);
    expect(await readSwitch(file(result(state(null, []))))).toMatchObject({ enabled: null, allowed: null });
  });

  it.each(['', '{}', result({ ewsEnabled: 'yes', ewsAllowedAppIds: [] }), result(state(true, ['*']))])(
    'is refused where it is another file: %#',
    async (text) => {
      await expect(readExchangeResult(file(text))).rejects.toMatchObject({ code: 'ews.result-unreadable' });
    },
  );
});
