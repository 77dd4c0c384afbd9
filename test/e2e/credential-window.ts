import type { Locator, Page } from 'playwright-core';
import { createTexts, type Language, type TextKey, type TextParams, type Translate } from '../../main/texts/index.ts';

/** The stages of a set-up. */
type Stage = 'tenant' | 'signing-in' | 'plan' | 'applying' | 'failed' | 'proof' | 'sheet';

/** What the sheet is for in these tests. */
const mailstore = { server: 'MailStore Server' };

/** The window as somebody finds their way in it, by its words. */
export interface CredentialWindow {
  readonly t: Translate;
  readonly button: (key: TextKey, params?: TextParams) => Locator;
  readonly field: (name: string) => Locator;
  /** Waits for a stage of the set-up. */
  readonly stage: (at: Stage) => Promise<Locator>;
  readonly fault: (code: string) => Locator;
  readonly row: (name: string) => Locator;
  /** Create…, and what the dialog asks for. Without `fqdn` nobody signs in with Microsoft; the key is here unless said otherwise. */
  readonly fillIn: (wanted: { readonly name: string; readonly fqdn?: string; readonly custody?: 'keyring' | 'external' }) => Promise<void>;
  /** From the filled dialog to the sign-in of this tenant. */
  readonly signIn: (tenant?: string) => Promise<void>;
  /** From the filled dialog to the plan for Contoso. */
  readonly toPlan: () => Promise<void>;
  readonly apply: () => Locator;
  /** Closes the proof, whether or not something is left to be done in the server. */
  readonly leaveProof: () => Promise<void>;
  /** From the proof to the sheet of the server. */
  readonly toSheet: () => Promise<void>;
  /** Says on the sheet that the server works. */
  readonly worked: () => Locator;
  /** From the dialog of a stored credential, whose tenant is known, through plan and Apply to the proof. */
  readonly setUpAgain: () => Promise<void>;
}

export function credentialWindow(page: Page, spoken: Language | Translate = 'en'): CredentialWindow {
  const t = typeof spoken === 'string' ? createTexts(spoken).t : spoken;
  const button = (key: TextKey, params?: TextParams) => page.getByRole('button', { name: t(key, params), exact: true });
  const field = (name: string) => page.locator(`[data-field=${name}]`);
  const stage = async (at: Stage) => {
    const found = page.locator(`[data-stage=${at}]`);
    await found.waitFor();
    return found;
  };
  const dialog = page.locator('[data-dialog=app-credentials]');
  const signIn = async (tenant = '') => {
    // The page that asks for the tenant is for those who have not said it in the dialog.
    const said = (await dialog.locator('[data-field=tenant]').inputValue()) !== '';
    await button('dialog.set-up').click();
    if (said) return;
    await stage('tenant');
    await page.locator('[data-stage=tenant] [data-field=tenant]').fill(tenant);
    await button('setup.tenant.begin').click();
  };
  const apply = () => button('setup.plan.apply', { tenant: 'Contoso', domain: 'contoso.example' });
  return {
    t,
    button,
    field,
    stage,
    fault: (code) => page.locator(`[data-fault="${code}"]`),
    row: (name) => page.locator('[role=row][data-key]').filter({ hasText: name }),
    fillIn: async ({ name, fqdn, custody = 'keyring' }) => {
      await button('manager.create').click();
      await field('name').fill(name);
      await dialog.locator(`input[type=radio][value=${custody}]`).check();
      if (fqdn !== undefined) return field('fqdn').fill(fqdn);
      const advanced = page.locator('[data-advanced]');
      if ((await advanced.getAttribute('aria-expanded')) === 'false') await advanced.click();
      return page.getByRole('checkbox', { name: t('dialog.user-sign-in.use') }).uncheck();
    },
    signIn,
    toPlan: async () => {
      await signIn();
      await stage('plan');
    },
    apply,
    leaveProof: () => button('setup.sheet.later').or(button('app.close')).click(),
    toSheet: async () => {
      await button('setup.proof.next', mailstore).click();
      await stage('sheet');
    },
    worked: () => button('setup.sheet.worked', mailstore),
    setUpAgain: async () => {
      await button('dialog.set-up').click();
      await stage('plan');
      await apply().click();
      await stage('proof');
    },
  };
}
