import type { Page } from 'playwright-core';
import type { Language } from '../../../main/texts/index.ts';
import { credentialWindow } from '../credential-window.ts';
import { shot } from './shot.ts';

/** A rotation from its first page to the handover, rolled back in the end. */
export async function photographRotation(page: Page, language: Language, folder: string): Promise<void> {
  const { t, button, row } = credentialWindow(page, language);
  const at = (stage: string) => page.locator(`[data-dialog=rotation][data-stage=${stage}]`);
  await row('Contoso archive').click({ button: 'right' });
  await page.getByRole('menuitem', { name: t('manager.rotate') }).click();
  await at('begin').waitFor();
  await shot(page, folder, 'rotation');
  await button('rotation.begin').click();
  await at('plan').waitFor();
  await shot(page, folder, 'rotation-plan');
  await button('setup.plan.apply', { tenant: 'Contoso', domain: 'contoso.example' }).click();
  await at('handover').waitFor();
  await shot(page, folder, 'rotation-handover');
  await button('rotation.handover.worked').click();
  await at('wait').waitFor();
  await shot(page, folder, 'rotation-overlap');
  await button('app.close').click();
}
