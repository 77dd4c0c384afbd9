import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { violations } from './accessibility.ts';
import { expectShown } from './shown.ts';
import { dialogPages, skipped, type DialogPages } from './dialog-page.ts';
import {
  bad,
  credentialId,
  facts,
  fakeBridge,
  fault,
  good,
  line,
  plan,
  preview,
  report,
  row,
  run,
  script,
  signedIn,
  signedOut,
  tenantId,
  theirs,
  type Answers,
  type FakeBridge,
} from './fake-bridge.ts';

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const expectStage = (page: Page, at: string) => page.locator(`[data-stage=${at}]`).waitFor();
const focusedHeading = (page: Page) =>
  page.evaluate(() => (document.activeElement?.tagName === 'H2' ? document.activeElement.textContent : null));
const announced = (page: Page) => page.locator('[data-announcer]');

const waiting = {
  ...report,
  credential: { ...row, custody: 'external' as const, certificate: null, state: 'waiting-certificate' as const },
  proof: null,
};

describe.skipIf(skipped !== null)('the set-up', () => {
  let pages: DialogPages;
  beforeAll(async () => {
    pages = await dialogPages();
  });
  afterAll(() => pages.close());

  /** A dialog that was filled in and submitted. */
  async function opened(
    answers: Answers = {},
    options: Parameters<DialogPages['open']>[1] = {},
  ): Promise<{ page: Page; bridge: FakeBridge }> {
    const bridge = fakeBridge(answers);
    const page = await pages.open(bridge, options);
    await page.locator('[data-field=name]').fill('Contoso archive');
    await page.locator('[data-field=fqdn]').fill('mailstore.contoso.com');
    await button(page, 'Sign in and set up').click();
    await expectStage(page, 'tenant');
    return { page, bridge };
  }

  async function signingIn(answers: Answers = {}) {
    const open = await opened(answers);
    await button(open.page, 'Open the browser and sign in').click();
    await expectStage(open.page, 'signing-in');
    await open.page.locator('[data-stage=signing-in] button:not([aria-disabled=true])').first().waitFor();
    return open;
  }

  async function planned(mayConsent = true) {
    const open = await signingIn();
    await open.bridge.setup(signedIn(mayConsent), preview(mayConsent));
    await expectStage(open.page, 'plan');
    return open;
  }

  async function proven(shown = report) {
    const open = await signingIn();
    await open.bridge.setup(signedIn(), signedOut, { kind: 'ended', report: shown });
    await expectStage(open.page, 'proof');
    return open;
  }

  it('asks for the customer’s tenant first, and warns of the browser’s warning before it opens', async () => {
    const { page, bridge } = await opened();
    expect(bridge.inputs('setup:begin')).toEqual([]);
    await expectShown(page.getByText('your browser may warn that the form goes to this computer'));
    expect(await violations(page)).toEqual([]);
    await page.locator('[data-stage=tenant] [data-field=tenant]').fill('contoso.com');
    await page.keyboard.press('Enter');
    await expectStage(page, 'signing-in');
    expect(bridge.inputs('setup:begin')).toMatchObject([
      { draft: { tenant: 'contoso.com', cloud: 'global', name: 'Contoso archive' }, certificate: '44444444-4444-4444-8444-444444444444' },
    ]);
  });

  it('says beside the field what is wrong with the tenant', async () => {
    const { page } = await opened({ 'setup:begin': () => bad('input.tenant.invalid') });
    await button(page, 'Open the browser and sign in').click();
    await expectShown(page.getByText('What happened (input.tenant.invalid). What to do about it.'));
    expect(await page.locator('[data-stage=tenant] [data-field=tenant]').getAttribute('aria-invalid')).toBe('true');
  });

  it('copies the sign-in address and is cancelled without a trace', async () => {
    const { page, bridge } = await signingIn();
    expect(await focusedHeading(page)).toBe('Waiting for your sign-in in the browser');
    await button(page, 'Copy sign-in address').click();
    await announced(page).getByText('Sign-in address copied.').waitFor();
    expect(bridge.inputs('setup:copy-address')).toEqual([{ run }]);
    await button(page, 'Cancel').click();
    expect(bridge.inputs('setup:cancel')).toEqual([{ run }]);
    await bridge.setup({ kind: 'failed', fault: fault('interrupted') });
    await expectShown(page.getByText('Cancelled. Nothing was written to the tenant.'));
    expect(await focusedHeading(page)).toBe('Sign in to the customer’s tenant');
  });

  it('is not left by Escape while it works', async () => {
    const { page } = await signingIn();
    await page.keyboard.press('Escape');
    await expectStage(page, 'signing-in');
  });

  it('shows the plan by what it belongs to before anything is written, and applies what was ticked', async () => {
    const { page, bridge } = await planned();
    expect(await focusedHeading(page)).toBe('What will change in Contoso (contoso.com)');
    await expectShown(
      page.getByText(
        `Signed in as admin@contoso.com · may give admin consent · Global cloud · tenant ${tenantId}. Nothing has been written yet.`,
      ),
    );
    await expectShown(page.getByText('Microsoft blocks EWS'));
    expect(
      await page.locator('[data-plan-group]').evaluateAll((groups) => groups.map((group) => (group as HTMLElement).dataset['planGroup'])),
    ).toEqual(['registration', 'certificate', 'sign-in', 'permissions']);
    expect(await page.locator('[data-findings] li').count()).toBe(2);
    expect(await page.locator('[data-findings] input').count()).toBe(1);
    await page.getByRole('checkbox', { name: 'Access tokens' }).check();
    expect(await violations(page)).toEqual([]);
    await button(page, 'Copy plan').click();
    await expect.poll(() => bridge.inputs('clipboard:copy')[0]?.text).toContain('+ Registration: Register the application');
    expect(bridge.inputs('setup:decide')).toEqual([]);
    await button(page, 'Apply to Contoso, contoso.com').click();
    await expectStage(page, 'applying');
    expect(bridge.inputs('setup:decide')).toEqual([{ run, apply: true, hash: 'of this plan', accepted: ['access-tokens'] }]);
  });

  it('names the missing role and goes on with everything but consent', async () => {
    const { page } = await planned(false);
    await expectShown(page.getByText('neither Global Administrator nor Privileged Role Administrator'));
    await button(page, 'Apply everything but consent to Contoso, contoso.com').click();
    await expectStage(page, 'applying');
  });

  it('goes back to the dialog from the plan, as it was filled in, and writes nothing', async () => {
    const { page, bridge } = await planned();
    await button(page, 'Back').click();
    expect(await page.locator('[data-field=name]').inputValue()).toBe('Contoso archive');
    expect(bridge.inputs('setup:decide').every(({ apply }) => !apply)).toBe(true);
    expect(bridge.inputs('setup:decide').length).toBeGreaterThan(0);
  });

  it('shows each change as it is made and names what it waits for', async () => {
    const { page, bridge } = await planned();
    await button(page, /^Apply to/).click();
    await bridge.setup(
      ...plan.slice(0, 2).map(({ reason, step }) => line(reason, step, 'done')),
      line('Microsoft is replicating; looking again in 4 s …', '', 'waiting'),
    );
    await expectShown(page.getByText('2 of 7 changes done').first());
    await expectShown(page.getByText('Microsoft is replicating').first());
    await announced(page).getByText('Microsoft is replicating').waitFor();
    expect(await page.getByRole('timer').textContent()).toMatch(/^Elapsed: \d+:\d\d$/);
    await bridge.setup(line('Turned on', 'user-sign-in', 'done'));
    await expect.poll(() => page.locator('[data-lines] li').count()).toBe(3);
    expect(await violations(page)).toEqual([]);
  });

  it('stops safely, says what was done, and continues the same set-up', async () => {
    const { page, bridge } = await planned();
    await button(page, /^Apply to/).click();
    await bridge.setup(line(plan[0]?.reason ?? '', 'registration', 'done'));
    await button(page, 'Cancel').click();
    await expectShown(page.getByText('Stopping safely …'));
    await bridge.setup(signedOut, { kind: 'failed', fault: fault('interrupted') });
    await expectStage(page, 'failed');
    expect(await focusedHeading(page)).toBe('The set-up was stopped');
    await expectShown(page.getByText('Done so far'));
    await button(page, 'Continue').click();
    await expectStage(page, 'signing-in');
    const [first, second] = bridge.inputs('setup:begin');
    expect(second).toEqual(first);
  });

  it.each([
    ['a fault that may pass', true, 'Try again'],
    ['any other', false, 'Sign in again'],
  ] as const)('shows message, fix and correlation id of %s, and the way on', async (_, retryable, way) => {
    const { page, bridge } = await signingIn();
    await bridge.setup({ kind: 'failed', fault: fault('service.unreachable', retryable) });
    await expectShown(page.locator('[data-fault="service.unreachable"]').getByText('What to do about it.'));
    await expectShown(page.getByText('33333333-3333-4333-8333-333333333333'));
    expect(await button(page, 'Try again').count()).toBe(retryable ? 1 : 0);
    expect(await violations(page)).toEqual([]);
    await button(page, way).click();
    await expectStage(page, retryable ? 'signing-in' : 'tenant');
  });

  it('proves with evidence, compares both sides and copies the PowerShell', async () => {
    const { page, bridge } = await proven();
    expect(await focusedHeading(page)).toBe('Contoso is set up. One thing is left: EWS allow list of the tenant.');
    expect(await page.locator('[data-comparison=identical]').getByText('A94F 12C0 8D33 417A').count()).toBe(2);
    expect(
      await page.locator('[data-check]').evaluateAll((checks) => checks.map((check) => (check as HTMLElement).dataset['result'])),
    ).toEqual(['passed', 'passed', 'passed', 'not-testable']);
    await button(page, 'Copy PowerShell').click();
    await expect.poll(() => bridge.inputs('clipboard:copy')).toEqual([{ text: script }]);
    expect(await violations(page)).toEqual([]);
  });

  it('says when the tenant’s entry is not ours', async () => {
    const here = { thumbprint: facts.thumbprint, notBefore: facts.notBefore, notAfter: facts.notAfter };
    const checks = [
      {
        check: 'key-credential',
        name: 'Certificate in Microsoft Entra ID',
        result: 'failed' as const,
        evidence: 'It is not there.',
        compared: { here, there: null },
      },
    ];
    const { page } = await proven({
      ...report,
      credential: { ...row, state: 'needs-attention' },
      proof: { ok: false, state: 'needs-attention', checks },
    });
    expect(await focusedHeading(page)).toBe('Contoso: 1 check failed.');
    await expectShown(page.locator('[data-comparison=different]').getByText('not there'));
    await expectShown(page.getByText('It is not there.'));
  });

  it('waits for consent that somebody else gives, and verifies again', async () => {
    const pending = { ...report, credential: { ...row, state: 'waiting-consent' as const } };
    const { page, bridge } = await proven(pending);
    await button(page, 'Open the consent page…').click();
    expect(bridge.inputs('portal:open')).toEqual([{ id: credentialId, page: 'consent' }]);
    await button(page, 'Verify again').click();
    await expectShown(page.getByText('Contoso is set up.'));
    expect(bridge.inputs('credential:verify')).toEqual([{ id: credentialId }]);
  });

  it('lists what to type into MailStore in MailStore’s order, and records that it worked', async () => {
    const { page, bridge } = await proven();
    await button(page, 'Next: type this into the server').click();
    await expectStage(page, 'sheet');
    const copy = page.getByRole('button', { name: /^Copy / });
    expect(await copy.evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')))).toEqual([
      'Copy Name',
      'Copy Application (client) ID',
      'Copy Directory (tenant) ID',
      'Copy Thumbprint (SHA-1)',
      'Copy Expires',
      'Copy Redirect URI',
    ]);
    await button(page, 'Copy Redirect URI').click();
    await announced(page).getByText('Redirect URI copied.').waitFor();
    expect(bridge.inputs('clipboard:copy')).toEqual([{ text: row.redirectUri }]);
    expect(await violations(page)).toEqual([]);
    await button(page, 'It worked').click();
    await expectStage(page, 'finish');
    expect(bridge.inputs('handover:confirm')).toEqual([{ id: credentialId, thumbprint: facts.thumbprint }]);
    await expectShown(page.getByText('Handover confirmed by admin'));
    await expectShown(page.locator('[data-stays]').getByText('The consent given to the sign-in client stays in the tenant.'));
    expect(await violations(page)).toEqual([]);
    await button(page, 'Close').click();
    expect(await page.locator('[data-closed]').getAttribute('data-closed')).toBe(credentialId);
  });

  it('says that it is not handed over when that is left for later', async () => {
    const { page } = await proven();
    await button(page, 'Next: type this into the server').click();
    await button(page, 'Later').click();
    await expectShown(page.getByText('Not handed over yet.'));
  });

  it('registers first and takes MailStore’s certificate then, confirmed by thumbprint', async () => {
    const { page, bridge } = await proven(waiting);
    expect(await focusedHeading(page)).toBe('Contoso is registered and waits for the server’s certificate.');
    await button(page, 'Next: type this into the server').click();
    expect(await button(page, 'It worked').getAttribute('aria-disabled')).toBe('true');
    await button(page, 'Import the server’s certificate…').click();
    await expectShown(page.locator('[data-import-confirmation]').getByText('77E0 9B31').first());
    await button(page, 'The thumbprint is the same').click();
    await expectStage(page, 'signing-in');
    expect(bridge.inputs('setup:begin')[1]).toMatchObject({
      certificate: '55555555-5555-4555-8555-555555555555',
      draft: { id: credentialId, clientId: row.clientId, tenant: tenantId, custody: 'external' },
    });
    await bridge.setup(signedIn(), signedOut, {
      kind: 'ended',
      report: { ...report, credential: { ...row, custody: 'external', certificate: theirs, state: 'set-up' } },
    });
    await expectShown(page.getByText('Only the server’s own test can prove the rest.'));
  });

  it('shows on the sheet why a file cannot be MailStore’s certificate', async () => {
    const { page, bridge } = await signingIn({ 'certificate:choose': () => bad('certificate.expired') });
    await bridge.setup({ kind: 'ended', report: waiting });
    await button(page, 'Next: type this into the server').click();
    await button(page, 'Import the server’s certificate…').click();
    await expectShown(page.locator('[data-fault="certificate.expired"]'));
  });

  it('gives up our key for MailStore’s in one click', async () => {
    const { page } = await proven();
    await button(page, 'Next: type this into the server').click();
    await button(page, 'Use the server’s certificate instead').click();
    await expectShown(button(page, 'Import the server’s certificate…'));
    expect(await button(page, 'It worked').getAttribute('aria-disabled')).toBe('true');
  });

  it('loses no event that comes before main has named the run', async () => {
    const begun = Promise.withResolvers<void>();
    const { page, bridge } = await opened({ 'setup:begin': async () => (await begun.promise, good({ run })) });
    await button(page, 'Open the browser and sign in').click();
    await expectStage(page, 'signing-in');
    await bridge.setup(signedIn(), preview());
    begun.resolve();
    await expectStage(page, 'plan');
  });

  it('fits at twice its size: heading, contents and buttons can be reached', async () => {
    const { page, bridge } = await opened({}, { zoom: 2 });
    await button(page, 'Open the browser and sign in').click();
    await expectStage(page, 'signing-in');
    await bridge.setup(signedIn(), preview());
    await expectStage(page, 'plan');
    await button(page, 'Apply to Contoso, contoso.com').scrollIntoViewIfNeeded();
    await button(page, 'Apply to Contoso, contoso.com').click();
    await expectStage(page, 'applying');
    expect(
      await page.evaluate(
        () =>
          [...document.querySelectorAll('[role=dialog] *')].filter(
            (element) => element.getBoundingClientRect().right > globalThis.innerWidth + 1,
          ).length,
      ),
    ).toBe(0);
  });
});
