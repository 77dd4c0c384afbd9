import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { launch, missing } from './launch.ts';

describe.skipIf(missing !== null)('Help', () => {
  it('opens the log folder', async () => {
    const application = await launch();
    await application.clickMenu('log-folder');
    await expect.poll(async () => (await application.recorded()).opened).toEqual([join(application.directory, 'practice', 'logs')]);
  });

  it('says in About which version this is, and that nobody signed it', async () => {
    const application = await launch();
    await application.answer('message', 0);
    await application.clickMenu('about');
    await expect.poll(async () => (await application.recorded()).dialogs.length).toBe(1);
    const [about] = (await application.recorded()).dialogs;
    expect(about?.detail).toMatch(/^Version \d+\.\d+\.\d+\..*\n\nDeveloper build: it is not signed, and takes no updates\.$/s);
  });

  it('shows the diagnostics before they are saved, by the keyboard alone, and saves what was shown', async () => {
    const application = await launch();
    const { page } = application;
    await page.getByRole('button', { name: 'Create…' }).focus();
    await application.clickMenu('diagnostics');
    const dialog = page.getByRole('dialog', { name: 'Save diagnostics' });
    const report = dialog.locator('[data-report]');
    await report.waitFor();
    const shown = (await report.textContent()) ?? '';
    expect(shown).toMatch(/version: \d+\.\d+\.\d+/);
    expect(shown).toContain('practice: true');
    expect((await application.recorded()).dialogs).toEqual([]);
    const path = join(application.directory, 'diagnostics.txt');
    await application.answer('save', null, path);
    const save = dialog.getByRole('button', { name: 'Save…' });
    await save.focus();
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await application.recorded()).dialogs.length).toBe(1);
    expect(existsSync(path)).toBe(false);
    await expect.poll(() => save.getAttribute('aria-disabled')).not.toBe('true');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    expect(readFileSync(path, 'utf8')).toBe(shown);
    expect((await application.recorded()).dialogs[0]?.defaultPath).toMatch(
      /^\[Practice\] Tenant Keyring diagnostics \d{4}-\d\d-\d\d\.txt$/,
    );
    await expect.poll(() => page.evaluate('document.activeElement?.textContent')).toBe('Create…');
  });
});
