import { describe, expect, it } from 'vitest';
import type { SetupEvent } from '../../../preload/contract.ts';
import { violations } from './accessibility.ts';
import { skipped } from './dialog-page.ts';
import { bad, fault, good, line, plan, preview, run, signedIn, signedOut } from './fake-bridge.ts';
import { announced, button, expectStage, focusedHeading, setUpStages } from './set-up-stages.ts';
import { expectShown } from './shown.ts';

describe.skipIf(skipped !== null)('the set-up', () => {
  const { opened, signingIn, planned } = setUpStages();

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
    expect(await focusedHeading(page)).toBe('Continue in the browser');
    await button(page, 'Copy sign-in address').click();
    await announced(page).getByText('Sign-in address copied.').waitFor();
    expect(bridge.inputs('run:copy-address')).toEqual([{ run }]);
    await button(page, 'Cancel').click();
    expect(bridge.inputs('run:cancel')).toEqual([{ run }]);
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
    expect(await focusedHeading(page)).toBe('What will change in Contoso');
    await expectShown(page.getByText('admin@contoso.com, may give admin consent. Nothing is written yet.'));
    await expectShown(page.getByText('EWS ends on'));
    expect(
      await page.locator('[data-plan-group]').evaluateAll((groups) => groups.map((group) => (group as HTMLElement).dataset['planGroup'])),
    ).toEqual(['registration', 'certificate', 'sign-in', 'permissions']);
    expect(await page.locator('[data-findings] li').count()).toBe(2);
    expect(await page.locator('[data-findings] input').count()).toBe(1);
    await page.getByRole('checkbox', { name: 'Access tokens' }).check();
    expect(await violations(page)).toEqual([]);
    await button(page, 'Copy plan').click();
    await expect.poll(() => bridge.inputs('clipboard:copy')[0]?.text).toContain('+ Registration: Register the application');
    expect(bridge.inputs('run:decide')).toEqual([]);
    await button(page, 'Apply to Contoso, contoso.com').click();
    await expectStage(page, 'applying');
    expect(bridge.inputs('run:decide')).toEqual([{ run, apply: true, hash: 'of this plan', accepted: ['access-tokens'] }]);
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
    expect(bridge.inputs('run:decide').every(({ apply }) => !apply)).toBe(true);
    expect(bridge.inputs('run:decide').length).toBeGreaterThan(0);
  });

  it('shows each change as it is made and names what it waits for', async () => {
    const { page, bridge } = await planned();
    await button(page, /^Apply to/).click();
    await bridge.setup(
      ...plan.slice(0, 2).map(({ reason, step, name }) => ({ ...line(reason, step, 'done'), name }) as SetupEvent),
      line('Microsoft is replicating; looking again in 4 s …', '', 'waiting'),
      line('Microsoft is replicating; looking again in 8 s …', '', 'waiting'),
    );
    await expectShown(page.getByText('2 of 7. Microsoft is replicating; looking again in 8 s … attempt 2').first());
    // What was made is said with what is waited for: nothing is lost because the next thing came quickly.
    await announced(page).getByText(`${plan[0]?.reason}. ${plan[1]?.reason}. Microsoft is replicating`).waitFor();
    const outcomes = () =>
      page
        .locator('[data-stage=applying] li[data-outcome]')
        .evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset['outcome']));
    expect(await outcomes()).toEqual(['done', 'done', 'doing', 'open', 'open', 'open']);
    const [, , third] = plan;
    await bridge.setup({ ...line(third?.reason ?? '', third?.step, 'done'), name: third?.name ?? '' } as SetupEvent);
    await expect.poll(outcomes).toEqual(['done', 'done', 'done', 'doing', 'open', 'open']);
    // How often it was waited for stands beside what came of it, and nothing is red.
    await expectShown(page.locator('li[data-outcome=done]').getByText('attempt 2'));
    expect(await violations(page)).toEqual([]);
  });

  it('stops safely, says what was done, and continues the same set-up', async () => {
    const { page, bridge } = await planned();
    await button(page, /^Apply to/).click();
    await bridge.setup(line(plan[0]?.reason ?? '', 'registration', 'done'));
    await button(page, 'Stop').click();
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
