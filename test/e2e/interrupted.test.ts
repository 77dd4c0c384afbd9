import { describe, expect, it } from 'vitest';
import { inside } from '../practice/cli/command-line.ts';
import { credentialWindow } from './credential-window.ts';
import { launch, missing } from './launch.ts';
import { practiceTenants } from './practice-tenants.ts';

interface Asked {
  readonly method: string;
  readonly path: string;
}

const isGraph = ({ path }: Asked) => path.startsWith('/v1.0/');
const creates = ({ method, path }: Asked) => method === 'PATCH' && path.includes('/applications(');
const publishes = ({ method, path }: Asked) =>
  method !== 'GET' && isGraph({ method, path }) && !creates({ method, path }) && !path.endsWith('/$batch');

describe.skipIf(missing !== null)('a set-up that is stopped in the middle', () => {
  it('by the network, and by Cancel while it is waited for: goes on where it stopped, without a second application', async () => {
    const { origin, server, tenant } = await practiceTenants();
    const { page } = await launch({ tenants: origin });
    const { button, fillIn, toPlan, apply, stage, row, leaveProof } = credentialWindow(page);
    await fillIn({ name: 'Contoso archive', fqdn: 'mailstore.contoso.com' });
    await toPlan();
    // The application is made, but its answer and everything after it is lost.
    let cut = true;
    server.faultOn(creates, 'drop-after-write');
    server.faultOn((request) => cut && isGraph(request), 'drop-before', { times: Infinity });
    await apply().click();
    // It says that Microsoft cannot be reached, and does not call that replication.
    await page.locator('[data-stage=applying]').getByText('Microsoft cannot be reached').first().waitFor();
    expect(tenant().applications).toHaveLength(1);
    await button('setup.apply.stop').click();
    await stage('failed');
    await page.locator('[data-fault=interrupted]').waitFor();
    cut = false;
    await button('setup.failed.continue').click();
    await stage('plan');
    await apply().click();
    await stage('proof');
    expect(await page.locator('[data-check][data-result=failed]').count()).toBe(0);
    expect(tenant().applications).toHaveLength(1);
    await leaveProof();
    await row('Contoso archive').waitFor();
    expect(await page.locator('[role=row][data-key]').count()).toBe(1);
  });

  it('by closing the window: the next one continues where it stopped', async () => {
    const { origin, tenant, hold, held, release } = await practiceTenants();
    const first = await launch({ tenants: origin });
    const before = credentialWindow(first.page);
    await before.fillIn({ name: 'Contoso archive', fqdn: 'mailstore.contoso.com' });
    await before.toPlan();
    hold(publishes);
    await before.apply().click();
    await before.stage('applying');
    await expect.poll(held).toBe(1);
    expect(await first.close()).toBe(0);
    release();

    const { page } = await launch({ tenants: origin, directory: first.directory });
    const { row, setUpAgain, t } = credentialWindow(page);
    await row('Contoso archive').dblclick();
    await setUpAgain();
    await page.getByText(t('setup.proof.finish', { tenant: 'Contoso', server: 'MailStore Server' })).waitFor();
    expect(tenant().applications).toHaveLength(1);
    expect(tenant().applications[0]?.keyCredentials).toHaveLength(1);
  });

  it('by a command line that works on the same credential: waits for its turn, and says whose it is', async () => {
    const { origin, hold, held, release } = await practiceTenants();
    const { page, directory } = await launch({ tenants: origin });
    const { button, row, fault, stage, t } = credentialWindow(page);
    const there = ['--practice', origin, '--data-dir', directory];
    expect(await inside(['connect', '--name', 'Contoso archive', '--fqdn', 'mailstore.contoso.com', '--yes', ...there])).toMatchObject({
      code: 0,
    });
    await row('Contoso archive').click();
    hold(isGraph);
    const verified = inside(['verify', 'Contoso archive', ...there]);
    await expect.poll(held).toBe(1);
    await button('manager.verify').click();
    await page
      .getByText(/command line/)
      .first()
      .waitFor();
    await page.keyboard.press('Escape');
    await row('Contoso archive').dblclick();
    await button('dialog.set-up').click();
    await fault('lease.held').waitFor();
    release();
    expect(await verified).toMatchObject({ code: 0 });
    await button('dialog.set-up').click();
    await stage('proof');
    await page.getByText(t('setup.proof.finish', { tenant: 'Contoso', server: 'MailStore Server' })).waitFor();
  });
});
