import type { Output } from '../../../preload/contract.ts';
import { beingLookedAt, lookedAt, notLookedAt, severalToSignIn } from '../../host/ews-tenants.ts';
import { named, type Place, type Shown } from './shown.ts';

/** The page, with this known. */
async function page({ page: window, main }: Shown, known: Partial<Output<'ews:read'>>): Promise<void> {
  main.ews = { ...main.ews, ...known };
  await main.emit('menu:command', { command: 'ews' });
  await window.locator('[data-days-left]').waitFor();
}

const usage = { name: 'EWS usage.csv', applications: 12 };

const ahead: Output<'changes:read'> = [
  {
    id: 'ews-gone',
    text: 'EWS ends in 29 days (Apr 1, 2027). It touches 4 credentials: Contoso archive, Fabrikam archive, Northwind Traders, +1.',
    source: 'Exchange Team Blog, techcommunity 4492361: Exchange Online EWS, Your Time is Almost Up (2026-02)',
    days: 29,
    page: 'ews',
  },
];

/** The page about EWS, and where changes at Microsoft are told. */
export const ewsPlaces: Readonly<Record<string, Place>> = {
  'change at Microsoft': async ({ page: window, main }) => {
    main.changes = ahead;
    await main.emit('store:changed', null);
    await window.locator('[data-change]').waitFor();
  },
  'details, change at Microsoft': async ({ page: window, main }) => {
    main.changes = ahead;
    await window.getByText('Northwind Traders').click();
    await window.keyboard.press('Alt+Enter');
    await window.locator('li[data-change]').scrollIntoViewIfNeeded();
  },
  'EWS, no tenant': (shown) => page(shown, {}),
  'EWS, not looked at': async (shown) => {
    await page(shown, { tenants: notLookedAt });
    await shown.page.locator('[data-state=unknown]').first().waitFor();
  },
  'EWS, being looked at': async (shown) => {
    await page(shown, { tenants: beingLookedAt, looking: { done: 2, total: 5 } });
    await shown.page.locator('[data-looking]').waitFor();
  },
  'EWS, looked at': async (shown) => {
    await page(shown, { daysLeft: 29, usage, tenants: lookedAt });
    await shown.page.getByRole('table').waitFor();
  },
  'EWS, gone': async (shown) => {
    await page(shown, { daysLeft: 0, tenants: lookedAt });
    await shown.page.getByRole('table').waitFor();
  },
  'EWS, script saved': async (shown) => {
    await ewsPlaces['EWS, looked at']?.(shown);
    await shown.page.locator('[data-ours=true]').getByRole('button').click();
    await shown.page.locator('[data-done=script]').waitFor();
  },
  'EWS, sign-in': async (shown) => {
    await page(shown, { tenants: severalToSignIn });
    await shown.page.getByRole('button', { name: named('ews-page.sign-in-all', { count: 2 }) }).click();
    await shown.page.locator('[data-dialog=ews-sign-in] [data-field=same-account]').waitFor();
  },
};
