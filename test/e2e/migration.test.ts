import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTexts } from '../../main/texts/index.ts';
import { findChromium } from '../host/chromium.ts';
import { startRendererHost, type RendererHost } from '../host/renderer-page.ts';
import { inside } from '../practice/cli/command-line.ts';
import { credentialWindow } from './credential-window.ts';
import { launch, missing } from './launch.ts';
import { places } from './places.ts';
import { practiceTenants } from './practice-tenants.ts';

const domain = { tenant: 'Contoso', domain: 'contoso.example' };
const graph = { target: 'Microsoft Graph' };
const mailbox = 'test.mailbox@contoso.example';

describe.skipIf(missing !== null)('a move away from EWS', () => {
  it('is planned, proven, handed over, finished, and taken back, each as a step of its own', async () => {
    const practice = await practiceTenants();
    const application = await launch({ tenants: practice.origin });
    const { page } = application;
    const { t, button, row } = credentialWindow(page);
    const connect = ['connect', '--name', 'Contoso archive', '--fqdn', 'mailstore.contoso.com', '--yes'];
    await inside([...connect, '--practice', practice.origin, '--data-dir', application.directory]);
    const roles = () => {
      const tenant = practice.tenant();
      return tenant.appRoleAssignments
        .filter(({ principalDisplayName }) => principalDisplayName === 'MailStore Server')
        .flatMap(({ resourceId, appRoleId }) => {
          const resource = tenant.servicePrincipals.find(({ id }) => id === resourceId);
          return resource?.appRoles?.find(({ id }) => id === appRoleId)?.value ?? [];
        });
    };
    const at = (stage: string) => page.locator(`[data-dialog=migration][data-stage=${stage}]`);
    const reached = () =>
      page
        .locator('[data-dialog=migration] [data-reached=true]')
        .evaluateAll((steps) => steps.map((step) => step.getAttribute('data-timeline-state')));
    await row('Contoso archive').getByText(t('state.set-up')).waitFor();
    expect(roles()).toContain('full_access_as_app');

    await row('Contoso archive').click({ button: 'right' });
    await page.getByRole('menuitem', { name: t('manager.migrate.to', graph) }).click();
    await at('begin').waitFor();
    const begin = button('move.begin');
    // What an Exchange administrator finds takes the place of what nobody knows: here there are no public folders.
    const script = join(application.directory, 'losses.ps1');
    await application.answer('save', script);
    await button('ews-page.losses-script').click();
    await at('begin').getByText(script).waitFor();
    expect(readFileSync(script, 'utf8')).toContain(`$tenantId = '${practice.tenant().id}'`);
    expect(await at('begin').locator('[data-loss]').count()).toBe(2);
    await at('begin').locator('[data-loss=archive-mailboxes]').click();
    const result = join(application.directory, 'losses.json');
    const found = { archives: ['board@contoso.example'], publicFolders: 0, withoutImap: [] };
    const told = { version: 1, kind: 'losses', tenantId: practice.tenant().id, at: new Date().toISOString(), whatIf: false, ...found };
    writeFileSync(result, JSON.stringify(told));
    await application.answer('open', result);
    await button('ews-page.read-result').click();
    await at('begin').getByText('Archive mailboxes: 1 (board@contoso.example)').waitFor();
    expect(await at('begin').locator('[data-loss]').count()).toBe(1);

    // What is lost and that this tenant is the first is ticked by somebody.
    for (const tick of ['[data-field=pilot]', '[data-loss=archive-mailboxes]']) {
      expect(await begin.getAttribute('aria-disabled')).toBe('true');
      await at('begin').locator(tick).click();
    }
    await at('begin').locator('[data-field=mailbox]').fill(mailbox);
    await begin.click();
    await at('plan').getByText(t('move.plan.warning')).waitFor();
    expect(await at('plan').locator('[data-plan-group=removes]').count()).toBe(0);
    await button('setup.plan.apply', domain).click();
    await at('handover').waitFor();
    expect(await reached()).toEqual(['begun', 'granted', 'proven']);
    expect(roles()).toEqual(expect.arrayContaining(['full_access_as_app', 'Mail.ReadWrite']));

    // Left here, the list says what it waits for, and goes on with it.
    await button('setup.sheet.later').click();
    await row('Contoso archive').getByText(t('state.moving.handover')).waitFor();
    await row('Contoso archive').click({ button: 'right' });
    await page.getByRole('menuitem', { name: t('manager.continue.move', graph) }).click();
    await button('move.handover.worked', graph).click();
    await at('finish').waitFor();
    await button('move.finish').click();
    await at('plan').getByText(t('move.finish.warning')).waitFor();
    expect(roles()).toContain('full_access_as_app');
    await button('setup.plan.apply', domain).click();
    await at('nothing').waitFor();
    expect(await reached()).toEqual(['begun', 'granted', 'proven', 'handed-over', 'ews-removed']);
    expect(roles()).not.toContain('full_access_as_app');

    await button('move.back').click();
    await at('plan').getByText(t('move.back.warning')).waitFor();
    await button('setup.plan.apply', domain).click();
    await at('rolled-back').waitFor();
    expect(roles()).toContain('full_access_as_app');
    await button('app.close').click();
    await row('Contoso archive').click({ button: 'right' });
    await page.getByRole('menuitem', { name: t('manager.migrate.to', graph) }).waitFor();
  });
});

describe.skipIf(missing !== null)('the plan of a new credential', () => {
  it('takes Microsoft Graph instead of EWS by one switch, and back, with one sign-in', async () => {
    const practice = await practiceTenants();
    const { page } = await launch({ tenants: practice.origin });
    const { t, fillIn, toPlan, apply, stage } = credentialWindow(page);
    await fillIn({ name: 'Contoso archive', fqdn: 'mailstore.contoso.com' });
    await toPlan();
    const permissions = page.locator('[data-stage=plan] [data-plan-group=permissions]');
    const instead = page.getByRole('switch', { name: t('setup.plan.instead', graph) });
    await permissions.getByText('full_access_as_app').waitFor();
    await instead.check();
    await permissions.getByText('Mail.ReadWrite').waitFor();
    expect(await permissions.getByText('full_access_as_app').count()).toBe(0);
    await instead.uncheck();
    await permissions.getByText('full_access_as_app').waitFor();
    await instead.check();
    await permissions.getByText('Mail.ReadWrite').waitFor();
    await apply().click();
    await stage('proof');
    const asked = JSON.stringify(practice.tenant().applications[0]?.requiredResourceAccess);
    expect(asked).not.toContain('dc890d15-9560-4a4c-9b7f-a736ec74ec40');
  });
});

const executable = findChromium();

describe.skipIf(executable === null)('the alarm after a move', () => {
  let host: RendererHost;
  beforeAll(async () => {
    host = await startRendererHost(executable ?? '');
  });
  afterAll(() => host.close());

  it('stands over the list, and leads back to EWS with one click; it can be put away', async () => {
    const shown = await host.open({});
    const { page, main } = shown;
    await places['runs that fail after a move']?.(shown);
    const notice = page.locator('[data-move-notice]');
    await notice.getByRole('button', { name: createTexts('en').t('move.back') }).click();
    await page.locator('[data-dialog=migration][data-stage=sign-in]').waitFor();
    expect(main.calls.filter(({ channel }) => channel === 'migration:back').map(({ input }) => input)).toEqual([{ id: main.list[0]?.id }]);
    await page.keyboard.press('Escape');
    await page.locator('[data-dialog=migration] button').last().click();
    await page.locator('[data-dialog=migration]').waitFor({ state: 'detached' });
    await notice.locator('button').last().click();
    await notice.waitFor({ state: 'detached' });
    expect(shown.problems).toEqual([]);
    await page.context().close();
  });
});
