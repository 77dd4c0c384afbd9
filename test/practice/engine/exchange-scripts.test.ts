import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exchangeStepFile, expectationsOf, lossesOf, readExchangeResult, verify } from '../../../main/registration/index.ts';
import { profileById } from '../../../main/servers/index.ts';
import { harness, kindly, tenantOf, type Harness } from './harness.ts';

const name = 'Contoso archive';
const mailbox = 'test.mailbox@contoso.example';

async function post({ server }: Harness, body: object): Promise<{ readonly status: number; readonly text: string }> {
  const response = await fetch(`${server.origin}/practice/exchange`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ tenant: 'contoso.example', ...body }),
  });
  return { status: response.status, text: await response.text() };
}

async function connected(profile: string): Promise<Harness> {
  const here = await harness({ knobs: kindly });
  await here.connect({ profile: profileById(profile), ...(profile === 'imap-access' ? { redirectUri: null } : {}) });
  return here;
}

const recordOf = ({ services }: Harness) => services.engine.store.find(name);

/** The script as it is handed out, run by an Exchange administrator of the practice tenant. */
const ran = (here: Harness, step: 'imap' | 'rbac' | 'losses', mailboxes: readonly string[], more: object = {}) =>
  post(here, { script: exchangeStepFile(recordOf(here), { step, mailboxes, group: null }, here.clock.now()).toString('utf8'), ...more });

/** What is not as expected of the result, as the product reads it from the file. */
async function unmet(here: Harness, result: string): Promise<readonly string[]> {
  const path = join(mkdtempSync(join(tmpdir(), 'tenant-keyring-script-')), 'result.json');
  writeFileSync(path, result);
  return expectationsOf(await readExchangeResult(path), recordOf(here))
    .filter(({ met }) => !met)
    .map(({ expected }) => expected);
}

async function told(here: Harness, check: string): Promise<readonly [string | undefined, string | undefined]> {
  await verify(here.services.engine, name, { signIn: false, mailbox }, here.run());
  const found = recordOf(here).proof?.checks.find((each) => each.check === check);
  return [found?.result, typeof found?.evidence === 'object' ? found.evidence.code : found?.evidence];
}

describe('the script for IMAP', () => {
  it('opens the mailbox to the proof, is as expected, changes nothing more when it is run again, and can be undone', async () => {
    const here = await connected('imap-access');
    expect((await told(here, 'imap'))[0]).toBe('failed');
    const looked = await ran(here, 'imap', [mailbox], { whatIf: true });
    expect(await unmet(here, looked.text)).toEqual(['changed', 'service-principal', 'mailbox-access']);
    expect((await told(here, 'imap'))[0]).toBe('failed');
    const first = await ran(here, 'imap', [mailbox]);
    expect([first.status, await unmet(here, first.text)]).toEqual([200, []]);
    expect(await told(here, 'imap')).toEqual(['passed', 'check.mail.counted']);
    const set = JSON.stringify(here.server.world.state.tenants[0]?.exchange);
    const again = await ran(here, 'imap', [mailbox]);
    expect(await unmet(here, again.text)).toEqual([]);
    expect(JSON.stringify(here.server.world.state.tenants[0]?.exchange)).toBe(set);
    const objectId = recordOf(here).servicePrincipalId;
    expect((await post(here, { set: { removeFullAccess: { mailbox, objectId } } })).status).toBe(200);
    expect((await post(here, { set: { removeServicePrincipal: { objectId } } })).status).toBe(200);
    expect((await told(here, 'imap'))[0]).toBe('failed');
  });

  it('stops where Exchange knows the application by another object id, and names a mailbox that is not there', async () => {
    const here = await connected('imap-access');
    const { clientId, objectId } = recordOf(here);
    const missing = await ran(here, 'imap', [mailbox, 'nobody@contoso.example']);
    expect(await unmet(here, missing.text)).toEqual(['mailbox-access']);
    await post(here, { set: { removeServicePrincipal: { objectId: recordOf(here).servicePrincipalId } } });
    // That of the registration, which everybody takes for it.
    await post(here, { set: { servicePrincipal: { appId: clientId, objectId } } });
    const refused = await ran(here, 'imap', [mailbox]);
    expect([refused.status, refused.text]).toEqual([409, expect.stringContaining(objectId ?? '')]);
  });
});

describe('the script for a scope', () => {
  it('assigns the roles of the profile in one scope, which then opens its mailboxes without the grant', async () => {
    const here = await connected('mailstore-graph');
    const { text, status } = await ran(here, 'rbac', [mailbox]);
    expect([status, await unmet(here, text)]).toEqual([200, []]);
    const tenant = tenantOf(here);
    const mailRole = tenant.servicePrincipals.flatMap(({ appRoles }) => appRoles ?? []).find(({ value }) => value === 'Mail.ReadWrite');
    tenant.appRoleAssignments = tenant.appRoleAssignments.filter(({ appRoleId }) => appRoleId !== mailRole?.id);
    expect(await told(here, 'roles-granted')).toEqual(['passed', 'check.roles-granted.scoped']);
    expect(await told(here, 'mail-read')).toEqual(['passed', 'check.mail.counted']);
    await post(here, { set: { removeRoleAssignment: { appId: recordOf(here).clientId, role: 'Application Mail.ReadWrite' } } });
    expect((await told(here, 'mail-read'))[0]).toBe('failed');
  });

  it('has what Exchange gave besides, which is told', async () => {
    const here = await connected('mailstore-graph');
    await post(here, { set: { roleAssignment: { appId: recordOf(here).clientId, role: 'Application Mail.ReadWrite', mailboxes: null } } });
    expect(await unmet(here, (await ran(here, 'rbac', [mailbox])).text)).toEqual(['only-scope']);
  });
});

it('no other script is run, and none for a group', async () => {
  const here = await connected('imap-access');
  expect((await post(here, { script: 'Get-Mailbox' })).status).toBe(501);
  const group = exchangeStepFile(recordOf(here), { step: 'imap', mailboxes: [], group: 'all@contoso.example' }, here.clock.now());
  expect((await post(here, { script: group.toString('utf8') })).status).toBe(501);
  expect((await post(here, { script: 'x', set: { ewsEnabled: true } })).status).toBe(400);
});

describe('the script that looks for what a move loses', () => {
  it('finds archive mailboxes, public folders and mailboxes with IMAP off, and what is kept of it is asked for before a move', async () => {
    const here = await connected('mailstore-guide');
    const { engine } = here.services;
    const looked = async () => {
      const { status, text } = await ran(here, 'losses', []);
      const path = join(mkdtempSync(join(tmpdir(), 'tenant-keyring-script-')), 'result.json');
      writeFileSync(path, text);
      const result = await readExchangeResult(path);
      if (status !== 200 || result.kind !== 'losses') throw new Error(text);
      engine.ewsLosses.keep(result);
      return lossesOf(engine, recordOf(here), profileById('mailstore-graph')).map(({ loss, count, names }) => [loss, count, names]);
    };
    expect(await looked()).toEqual([]);
    await post(here, { set: { mailbox, archive: true, imapEnabled: false } });
    await post(here, { set: { publicFolders: 2 } });
    here.clock.pass(1000);
    expect(await looked()).toEqual([
      ['archive-mailboxes', 1, [mailbox]],
      ['public-folders', 2, []],
    ]);
    expect(engine.ewsLosses.of(recordOf(here).tenantId)?.withoutImap).toEqual([mailbox]);
    const other = await post(here, {
      script: exchangeStepFile(
        { ...recordOf(here), tenantId: randomUUID() },
        { step: 'losses', mailboxes: [], group: null },
        new Date(),
      ).toString('utf8'),
    });
    expect(other.status).toBe(409);
  });
});
