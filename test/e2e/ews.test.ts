import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resourceAppIds } from '../../main/clouds/index.ts';
import { findChromium } from '../host/chromium.ts';
import { severalToSignIn } from '../host/ews-tenants.ts';
import { startRendererHost, type RendererHost } from '../host/renderer-page.ts';
import { inside } from '../practice/cli/command-line.ts';
import { credentialWindow } from './credential-window.ts';
import { launch, missing } from './launch.ts';
import { places } from './places.ts';
import { emit } from './places/shown.ts';
import { practiceTenants } from './practice-tenants.ts';

describe.skipIf(missing !== null)('the page EWS', () => {
  it('shows who hangs on EWS in every tenant, signs in where no key may read, and takes what Exchange says', async () => {
    const practice = await practiceTenants({ tenants: 3 });
    const { tenant } = practice;
    const application = await launch({ tenants: practice.origin, changes: true });
    const { page, directory } = application;
    const { t, button } = credentialWindow(page);
    const cli = (...args: string[]) => inside([...args, '--practice', practice.origin, '--data-dir', directory]);
    const connect = (index: number, name: string, ...options: string[]) => {
      const { id, accounts } = tenant(index);
      const account = accounts.find(({ role }) => role === 'Global Administrator')?.upn ?? '';
      const who = ['--tenant', id, '--practice-account', account];
      return cli('connect', '--name', name, '--fqdn', 'mailstore.contoso.com', '--yes', ...who, ...options);
    };
    // The server’s own key in the first tenant, ours in the second; nothing of the third can be read.
    expect(await connect(0, 'Contoso archive', '--custody', 'external')).toMatchObject({ code: 10 });
    expect(await connect(1, 'Fabrikam archive')).toMatchObject({ code: 0 });
    expect(await connect(2, 'Northwind archive')).toMatchObject({ code: 0 });
    const poisoned = tenant(2);
    poisoned.servicePrincipals = poisoned.servicePrincipals.filter(({ appId }) => appId !== resourceAppIds.graph);

    // What comes at Microsoft stands over the list, and leads there.
    await page
      .locator('[data-change=ews-gone]')
      .getByRole('button', { name: t('manager.ews') })
      .click();
    const card = (index: number) => page.locator(`[data-tenant="${tenant(index).id}"]`);
    await card(0).getByText(t('ews-page.state.unknown')).waitFor();
    await button('ews-page.look').click();
    const ours = (index: number) => card(index).locator('[data-ours=true]');
    await ours(1).getByText('full_access_as_app').waitFor();
    await card(1).getByText('Fabrikam archive').waitFor();
    await card(0).getByText(t('ews-page.state.sign-in')).waitFor();
    await card(2).getByText(t('ews-page.state.sign-in')).waitFor();

    // Whoever signs in reads what no key may, in one tenant after another; what fails in one stays as it was.
    await button('ews-page.sign-in-all', { count: 2 }).click();
    const dialog = page.locator('[data-dialog=ews-sign-in]');
    await dialog.getByText(t('ews-page.sign-in.failed', { tenant: tenant(2).displayName })).waitFor();
    await dialog.getByRole('button', { name: t('app.close') }).click();
    await ours(0).getByText('full_access_as_app').waitFor();
    await button('ews-page.sign-in-all', { count: 1 }).waitFor();

    // The script for the application, and its result.
    const script = join(directory, 'allow.ps1');
    await application.answer('save', script);
    await ours(1).getByRole('button').click();
    await page.locator('[data-done=script]').waitFor();
    const [tenantId, clientId] = [tenant(1).id, tenant(1).applications[0]?.appId ?? ''];
    expect(readFileSync(script, 'utf8')).toContain(`$appId = '${clientId}'`);
    const result = join(directory, 'result.json');
    const state = { ewsEnabled: true, ewsAllowedAppIds: [clientId] };
    const told = { version: 1, tenantId, appId: clientId, at: '2026-11-30T12:00:00Z', whatIf: false, before: state, after: state };
    writeFileSync(result, JSON.stringify(told));
    await application.answer('open', result);
    await button('ews-page.read-result').click();
    await ours(1).getByText(t('ews-page.allowed.yes'), { exact: true }).waitFor();
    // The command line says the same by then.
    const said = await cli('ews', 'Fabrikam archive', '--json');
    expect(JSON.parse(said.stdout)).toMatchObject({ tenants: [{ switch: { enabled: true, allowed: [clientId] } }] });

    // A change that was dismissed is told no more, by nobody.
    await page.keyboard.press('Escape');
    const change = page.locator('[data-change=ews-gone]');
    await change.getByRole('button', { name: t('app.dismiss') }).click();
    await change.waitFor({ state: 'detached' });
    const watched: unknown = JSON.parse((await cli('watch', '--json')).stdout);
    expect(watched).not.toHaveProperty('changes');
  });
});

const executable = findChromium();

describe.skipIf(executable === null)('the queue of sign-ins', () => {
  let host: RendererHost;
  beforeAll(async () => {
    host = await startRendererHost(executable ?? '');
  });
  afterAll(() => host.close());

  it.each([true, false])('goes on by itself, with the same account where that is ticked: %s', async (ticked) => {
    const shown = await host.open({});
    const { page, main } = shown;
    await places['EWS, sign-in']?.(shown);
    if (ticked) await page.locator('[data-field=same-account]').click();
    const [first, second] = severalToSignIn.filter(({ state }) => state === 'sign-in').map(({ tenantId }) => tenantId);
    const signedIn = { username: 'partner@tailspin.example', tenantId: first ?? '', mayConsent: true };
    await emit(shown, { kind: 'signed-in', ...signedIn });
    await emit(shown, { kind: 'over' });
    await page.locator(`[data-dialog=ews-sign-in][data-tenant="${second}"]`).waitFor();
    await expect
      .poll(() => main.calls.filter(({ channel }) => channel === 'ews:sign-in').map(({ input }) => input))
      .toEqual([
        { tenantId: first, account: null },
        { tenantId: second, account: ticked ? 'partner@tailspin.example' : null },
      ]);
    expect(shown.problems).toEqual([]);
    await page.context().close();
  });
});
