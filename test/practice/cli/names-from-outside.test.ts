import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { connectArgs, workplace } from './command-line.ts';

const place = workplace();
const evil = 'Contoso\u001B]0;pwned\u0007\u001B[2J\u001B[1;1H\u001B]52;c;Y3VybCBldmls\u0007\u009B2J\u202Egnp.exe\r\nALL CHECKS PASSED';

it('no name of a tenant or an application repaints the terminal or forges a line', async () => {
  const [tenant] = place().server.world.state.tenants;
  if (tenant === undefined) throw new Error('no tenant');
  tenant.displayName = evil;
  tenant.applications.push({
    id: '11111111-1111-4111-8111-111111111111',
    appId: '11111111-1111-4111-8111-111111111112',
    displayName: 'MailStore',
    createdDateTime: `2026-01-01T00:00:00Z`,
    signInAudience: 'AzureADMyOrg',
    web: { redirectUris: [] },
  });
  const calendar = place().data('ends.ics');
  const list = place().data('list.json');
  const commands = [
    connectArgs('MailStore'),
    ['list'],
    ['show', 'MailStore'],
    ['verify', 'MailStore'],
    ['verify', '--all'],
    ['watch', '--within', '3650', '--calendar', calendar],
    ['audit', 'MailStore'],
    ['plan', 'MailStore'],
    ['list', '--export', list],
    ['list', '--json'],
    ['show', 'MailStore', '--json'],
    ['handover', 'MailStore', '--verbose'],
  ];
  let shown = '';
  for (const command of commands) {
    const { stdout, stderr } = await place().cli('evil', ...command);
    const said = `${command[0]}\n${stdout}\n${stderr}`;
    // oxlint-disable-next-line no-control-regex -- they are what is looked for
    expect(said).not.toMatch(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E]/);
    expect(said).not.toMatch(/^\s*ALL CHECKS PASSED/m);
    shown += said;
  }
  expect(shown).toContain('Contoso<U+001B>]0;pwned');
  expect(JSON.parse((await place().cli('evil', 'list', '--json')).stdout)).toMatchObject({ credentials: [{ tenantName: evil }] });
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  expect(readFileSync(calendar, 'utf8')).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u202A-\u202E]/);
});
