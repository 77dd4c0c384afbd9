import type { Page } from 'playwright-core';
import { shot } from './shot.ts';

/** The list with credentials in every state. */
export async function photographList(page: Page, folder: string): Promise<void> {
  await page.getByText('Contoso archive').click();
  await shot(page, folder, 'manager');
  await page.getByText('Contoso archive').click({ button: 'right' });
  await page.getByRole('menu').waitFor();
  await shot(page, folder, 'manager-context-menu');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+,');
  await page.locator('main select').first().waitFor();
  await shot(page, folder, 'settings');
}
