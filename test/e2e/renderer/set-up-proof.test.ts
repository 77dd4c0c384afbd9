import { describe, expect, it } from 'vitest';
import { violations } from './accessibility.ts';
import { skipped } from './dialog-page.ts';
import { bad, credentialId, facts, report, row, script, signedIn, signedOut, tenantId, theirs } from './fake-bridge.ts';
import { announced, button, expectStage, focusedHeading, setUpStages } from './set-up-stages.ts';
import { expectShown } from './shown.ts';

const waiting = {
  ...report,
  credential: { ...row, custody: 'external' as const, certificate: null, state: 'waiting-certificate' as const },
  proof: null,
};

describe.skipIf(skipped !== null)('the end of the set-up', () => {
  const { signingIn, proven } = setUpStages();

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
});
