import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { SetupEvent } from '../../../preload/contract.ts';
import { otherCertificate, someServers } from '../../host/asked-server-answers.ts';
import { dropFile } from '../../host/page/dropped-file.ts';
import { violations } from './accessibility.ts';
import { skipped } from './dialog-page.ts';
import { bad, credentialId, facts, fault, good, line, report, row, run, script, tenantId, theirs, type Answers } from './fake-bridge.ts';
import { announced, button, expectStage, focusedHeading, setUpStages } from './set-up-stages.ts';
import { expectShown } from './shown.ts';

const waiting = {
  ...report,
  credential: { ...row, custody: 'external' as const, certificate: null, state: 'waiting-certificate' as const },
  proof: null,
};

describe.skipIf(skipped !== null)('the end of the set-up', () => {
  const { proven, planned } = setUpStages();
  const toSheet = async (page: Page) => {
    await button(page, 'Finish in MailStore Server').click();
    await expectStage(page, 'sheet');
  };
  /** Applied, and then this happens. */
  const applied = async (then: SetupEvent, answers: Answers = {}) => {
    const open = await planned(true, answers);
    await button(open.page, /^Apply to/).click();
    await open.bridge.setup(then);
    await expectStage(open.page, 'sheet');
    return open;
  };

  it('proves each check in one line whose evidence opens, compares both sides once, and copies the PowerShell', async () => {
    const { page, bridge } = await proven();
    expect(await focusedHeading(page)).toBe('Contoso is set up. One thing is left: finish in MailStore Server.');
    await expectShown(page.locator('[data-comparison=identical]').getByText('not there yet'));
    expect(await page.getByText('A94F 12C0 8D33 417A').count()).toBe(1);
    expect(
      await page.locator('[data-check]').evaluateAll((checks) => checks.map((check) => (check as HTMLElement).dataset['result'])),
    ).toEqual(['passed', 'passed', 'not-testable']);
    expect(await page.getByText('A fresh token was issued').isVisible()).toBe(false);
    const token = page.getByRole('button', { name: /Token for Microsoft Graph/, expanded: false });
    await token.click();
    await expectShown(page.getByText('A fresh token was issued'));
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: /^EWS allow list/ }).click();
    await button(page, 'Copy PowerShell').click();
    await expect.poll(() => bridge.inputs('clipboard:copy')).toEqual([{ text: script }]);
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

  it('leads on where its server says nothing, and where that holds another certificate', async () => {
    const [server] = someServers;
    if (server === undefined) throw new Error('there is no server');
    const linked = { ...row, inServer: { id: server.id, name: server.name, instance: null } };
    const silent = {
      check: 'server-credential',
      name: 'Credential in MailStore',
      result: 'not-testable' as const,
      evidence: 'The password for keyring at Archive is not kept.',
      fault: 'server.password-missing',
    };
    const other = {
      check: 'server-certificate',
      name: 'Certificate in MailStore',
      result: 'failed' as const,
      evidence: 'Archive holds another certificate.',
    };
    const shown = (check: typeof silent | typeof other) => ({
      ...report,
      credential: linked,
      proof: { ok: false, state: 'set-up' as const, checks: [check] },
    });
    const { page, bridge } = await proven(shown(silent), {
      'server:password': () => good({ server }),
      'credential:verify': () => good(shown(other)),
      'server:ask': () => good(otherCertificate(linked)),
    });
    const way = page.locator('[data-server-way=password]');
    await expectShown(way.getByText(silent.evidence));
    expect(await violations(page)).toEqual([]);
    await way.getByRole('button').click();
    await page.locator('[data-dialog=server-password] input').fill('secret');
    await page.keyboard.press('Enter');
    await expect.poll(() => bridge.inputs('credential:verify')).toEqual([{ id: credentialId }]);
    await page.locator('[data-server-way=continue]').getByRole('button').click();
    await expectStage(page, 'sheet');
    expect(await way.count()).toBe(0);
  });

  it('waits for consent that somebody else gives, and verifies again', async () => {
    const pending = { ...report, credential: { ...row, state: 'waiting-consent' as const } };
    const { page, bridge } = await proven(pending);
    await button(page, 'Open the consent page…').click();
    expect(bridge.inputs('portal:open')).toEqual([{ id: credentialId, page: 'consent' }]);
    await button(page, 'Verify again').click();
    await expectShown(page.getByText('Contoso is set up.').first());
    expect(bridge.inputs('credential:verify')).toEqual([{ id: credentialId }]);
  });

  it('lists what to do in MailStore in its order, keeps each tick, and ends as what was done', async () => {
    const { page, bridge } = await proven();
    await toSheet(page);
    const copy = page.getByRole('button', { name: /^Copy / });
    expect(await copy.evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')))).toEqual([
      'Copy Name',
      'Copy Application (client) ID',
      'Copy Directory (tenant) ID',
      'Copy Thumbprint (SHA-1)',
      'Copy Redirect URI',
      'Copy script',
    ]);
    await button(page, 'Copy Redirect URI').click();
    await button(page, 'Copy script').click();
    expect(bridge.inputs('clipboard:copy')).toEqual([{ text: row.redirectUri }, { text: script }]);
    expect(await violations(page)).toEqual([]);
    await expectShown(page.getByText('0 of 6. Ticks are kept.'));
    await page.getByRole('checkbox', { name: 'Done: Create the credential' }).check();
    expect(bridge.inputs('sheet:mark')).toEqual([{ id: credentialId, step: 'credential', done: true }]);
    await expectShown(page.getByText('1 of 6. Ticks are kept.'));
    await expect.poll(() => button(page, 'Copy Name').count()).toBe(0);
    expect(await page.locator('[aria-current=step]').innerText()).toContain('Import the certificate with its key');
    await button(page, 'Confirm: MailStore Server works').click();
    await expectShown(page.locator('[data-sheet=end]'));
    expect(bridge.inputs('handover:confirm')).toEqual([{ id: credentialId, thumbprint: facts.thumbprint }]);
    expect(await focusedHeading(page)).toBe('Confirmed: MailStore Server works.');
    await expectShown(page.locator('[data-stays]').getByText('Your browser is still signed in to Contoso.'));
    await page.getByRole('button', { name: 'Sign out there' }).click();
    expect(bridge.inputs('portal:open')).toEqual([{ id: credentialId, page: 'sign-out' }]);
    expect(await violations(page)).toEqual([]);
    await button(page, 'Close').click();
    expect(await page.locator('[data-closed]').getAttribute('data-closed')).toBe(credentialId);
  });

  it('asks for the confirmation where the last step was ticked', async () => {
    const steps = ['credential', 'certificate', 'selected', 'redirect-uri', 'ews'];
    const sheet = Object.fromEntries(steps.map((step) => [step, { by: 'person' as const, at: '2026-11-24T10:30:00Z' }]));
    const ticked = { ...row, sheet: { ...sheet, test: { by: 'person' as const, at: '2026-11-24T10:40:00Z' } } };
    const { page, bridge } = await proven({ ...report, credential: { ...row, sheet } }, { 'sheet:mark': () => good(ticked) });
    await toSheet(page);
    await page.getByRole('checkbox', { name: /^Done: Save, press Test Settings/ }).check();
    await expectShown(page.getByRole('heading', { name: 'Every step is done. One thing is left: confirm.' }));
    expect(bridge.inputs('handover:confirm')).toEqual([]);
  });

  it('says that it is to be continued when it is left for later', async () => {
    const { page } = await proven();
    await toSheet(page);
    await button(page, 'Later').click();
    await announced(page).getByText('To be continued').waitFor();
    expect(await page.locator('[data-closed]').getAttribute('data-closed')).toBe(credentialId);
  });

  it('registers first, and publishes MailStore’s certificate in the same session where it is dropped', async () => {
    const { page, bridge } = await applied({ kind: 'stays', report: waiting, fault: null, added: [] });
    await expectStage(page, 'sheet');
    expect(await button(page, 'Confirm: MailStore Server works').getAttribute('aria-disabled')).toBe('true');
    await expectShown(page.getByText('Drop the .cer here; Downloads is watched.'));
    expect(await violations(page)).toEqual([]);
    await page.locator('[data-drop-zone]').evaluate(dropFile, { name: 'MailStore.cer', bytes: [1, 2, 3] });
    await expectShown(page.locator('[data-publishing]').getByText('77E0 9B31'));
    expect(bridge.inputs('setup:publish')).toEqual([{ run, certificate: '55555555-5555-4555-8555-555555555555' }]);
    const published = {
      ...row,
      custody: 'external' as const,
      certificate: theirs,
      sheet: { certificate: { by: 'evidence' as const, at: '2026-11-24T10:30:00Z' } },
    };
    await bridge.setup(line('Publish the certificate', 'key-credential', 'done'), {
      kind: 'stays',
      report: { ...report, credential: published },
      fault: null,
      added: [],
    });
    await page.locator('[data-step-done=evidence]').waitFor();
    await announced(page).getByText('Publish the certificate').waitFor();
    await button(page, 'Later').click();
    expect(bridge.inputs('setup:leave')).toEqual([{ run }]);
  });

  it('takes another file where the first one was refused, in the session that is still open', async () => {
    const { page, bridge } = await applied({ kind: 'stays', report: waiting, fault: null, added: [] });
    await button(page, 'Choose file…').click();
    await page.locator('[data-publishing]').waitFor();
    await bridge.setup({ kind: 'stays', report: waiting, fault: fault('certificate.expired'), added: [] });
    await expectShown(page.locator('[data-fault="certificate.expired"]'));
    await button(page, 'Choose file…').click();
    expect(bridge.inputs('setup:publish')).toHaveLength(2);
    expect(bridge.inputs('setup:begin')).toHaveLength(1);
  });

  it('signs somebody in for the certificate where the session has ended', async () => {
    const { page, bridge } = await applied({ kind: 'ended', report: waiting });
    await button(page, 'Choose file…').click();
    await expectStage(page, 'signing-in');
    expect(bridge.inputs('setup:begin')[1]).toMatchObject({
      certificate: '55555555-5555-4555-8555-555555555555',
      draft: { id: credentialId, clientId: row.clientId, tenant: tenantId, custody: 'external' },
    });
  });

  it('shows on the sheet why a file cannot be MailStore’s certificate', async () => {
    const { page } = await applied(
      { kind: 'stays', report: waiting, fault: null, added: [] },
      { 'certificate:choose': () => bad('certificate.expired') },
    );
    await button(page, 'Choose file…').click();
    await expectShown(page.locator('[data-fault="certificate.expired"]'));
  });

  it('gives up our key for MailStore’s in one click', async () => {
    const { page } = await proven();
    await toSheet(page);
    await button(page, 'Use the server’s certificate instead').click();
    await expectShown(button(page, 'Choose file…'));
    expect(await button(page, 'Confirm: MailStore Server works').getAttribute('aria-disabled')).toBe('true');
  });
});
