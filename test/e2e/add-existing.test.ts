import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toCer } from '../../main/certificates/index.ts';
import { createTexts } from '../../main/texts/index.ts';
import { ours } from '../unit/certificates/samples.ts';
import { launch, missing, type Application } from './launch.ts';

const tenant = '0c77a1b2-3c4d-4e5f-8a9b-0c1d2e3f91aa';
const app = (last: number) => `5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3f000${last}`;

/** The page draws when it can; a busy machine takes its time. */
const eventually = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 15_000 });

function file({ directory }: Application, name: string, content: string | Uint8Array): string {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}

const selected = ({ page }: Application) => page.locator('[role=row][aria-selected=true] > [role=rowheader]').allTextContents();
/** In the order of the alphabet; the list has the most urgent first. */
const names = async ({ page }: Application) => (await page.locator('[role=row][data-key] > [role=rowheader]').allTextContents()).toSorted();
const said = ({ page }: Application) => page.locator('[data-announcer]').innerText();
const focusedRow = ({ page }: Application) =>
  page.evaluate("document.activeElement?.closest('[data-key]')?.querySelector('[role=rowheader]')?.textContent ?? null");
/** Without the mark of practice. */
const bare = (text: string) => text.replace(/\[[^\]]*\]$/, '');

/** By Tab, as somebody without a mouse gets there. */
async function tabTo({ page }: Application, name: string): Promise<void> {
  const isThere = () =>
    page.evaluate(
      `(document.activeElement?.textContent ?? '') === ${JSON.stringify(name)} || document.activeElement?.getAttribute('aria-label') === ${JSON.stringify(name)}`,
    );
  for (let step = 0; step < 30 && !(await isThere()); step += 1) await page.keyboard.press('Tab');
  expect(await isThere(), name).toBe(true);
}

describe.skipIf(missing !== null)('adding what exists already', () => {
  it('takes the good lines of a CSV file, says each bad one, and keeps them to be mended; by keyboard alone', async () => {
    const application = await launch();
    const { page } = application;
    const { t } = createTexts('en');
    const { certificate } = await ours();
    file(application, 'litware.cer', toCer(certificate));
    const csv = file(
      application,
      'tenants.csv',
      `\uFEFFNom;ID du locataire;ID client;cer\r\nContoso;${tenant};${app(1)};\r\nDomain;contoso.com;${app(2)};\r\nLitware;${tenant};;litware.cer\r\nCONTOSO;${tenant};${app(3)};\r\nNo file;${tenant};;none.cer\r\n`,
    );
    const refused = join(application.directory, 'refused.csv');
    await application.answer('open', csv);
    await application.answer('save', refused);
    await tabTo(application, t('empty.existing'));
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: t('track-dialog.title') });
    await dialog.waitFor();
    await page
      .getByRole('tab', { name: t('track-dialog.one') })
      .and(page.locator(':focus'))
      .waitFor();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await tabTo(application, t('track-dialog.file.choose'));
    await page.keyboard.press('Enter');
    await eventually(() => dialog.locator('[data-line]').count()).toBe(5);
    expect(
      await dialog
        .locator('[data-good=true]')
        .evaluateAll((lines) => lines.map((line) => (line as unknown as { dataset: { line: string } }).dataset.line)),
    ).toEqual(['2', '4']);
    expect(await dialog.locator('[data-line="3"]').innerText()).toContain('No tenant of this cloud has the domain “contoso.com”');
    expect(await dialog.locator('[data-line="5"]').innerText()).toContain('stands in line 2 already');
    expect(await dialog.locator('[data-line="6"]').innerText()).toContain('There is no file');
    await eventually(() => said(application)).toContain('tenants.csv: 2 can be added, 3 cannot.');
    await tabTo(application, t('track-dialog.add-count', { count: 2 }));
    await page.keyboard.press('Enter');
    await eventually(() => said(application)).toBe('2 credentials were added. 3 lines were not added.');
    await page
      .getByRole('button', { name: t('track-dialog.save-refused') })
      .and(page.locator(':focus'))
      .waitFor();
    await page.keyboard.press('Enter');
    await eventually(() => said(application)).toContain(refused);
    expect(readFileSync(refused, 'utf8').split('\r\n')).toHaveLength(5);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await eventually(async () => (await selected(application)).map(bare)).toEqual(['Contoso', 'Litware']);
    await eventually(async () => bare(String(await focusedRow(application)))).toBe('Contoso');
    // Its expiry is watched from the first minute.
    expect(await page.locator('[role=row]', { hasText: 'Litware' }).innerText()).toMatch(/20\d\d\s*\d+ days/);

    // Mended, the same file goes in from the menu.
    writeFileSync(
      refused,
      readFileSync(refused, 'utf8')
        .replace('contoso.com;', `${tenant};`)
        .replace('CONTOSO;', 'Other;')
        .replace(';none.cer', ';litware.cer'),
    );
    await application.answer('open', refused);
    await application.clickMenu('add-existing');
    await page.getByRole('tab', { name: t('track-dialog.file') }).click();
    await page.locator('[data-choose-file]').click();
    await eventually(() => dialog.locator('[data-line]').count()).toBe(3);
    expect(await dialog.locator('[data-good=false]').innerText()).toContain('in the list already, as “Litware”');
    await page.getByRole('button', { name: t('track-dialog.add-count', { count: 2 }) }).click();
    await page.getByRole('button', { name: t('app.close') }).click();
    await eventually(async () => (await names(application)).map(bare)).toEqual(['Contoso', 'Domain', 'Litware', 'Other']);
  });

  it('takes one by form, in French: what is wrong stands beside its field, the new row is selected', async () => {
    const application = await launch({ lang: 'fr' });
    const { page } = application;
    const { t } = createTexts('fr');
    const { certificate } = await ours();
    await application.answer('open', file(application, 'mailstore.cer', toCer(certificate)));
    await page.getByRole('button', { name: t('empty.existing') }).click();
    const add = page.getByRole('button', { name: t('track-dialog.add'), exact: true });
    await add.click();
    await page.locator('[data-field=name]:focus').waitFor();
    await page.getByText('Le nom est vide.').waitFor();
    await page.getByText('L’ID de l’annuaire (locataire) est absent.').waitFor();
    await page.getByText('Ni ID d’application (client) ni certificat').waitFor();
    await page.keyboard.type('Société Contoso');
    await page.locator('[data-field=tenant]').fill('contoso,com');
    await page.keyboard.press('Tab');
    await page.getByText('« contoso,com »').waitFor();
    await page.locator('[data-field=tenant]').fill(tenant);
    await page.getByRole('button', { name: t('track-dialog.certificate.choose') }).click();
    await eventually(() => page.locator('[data-field=certificate]').inputValue()).toContain('expire');
    await add.click();
    await eventually(async () => (await selected(application)).map(bare)).toEqual(['Société Contoso']);
    await eventually(() => said(application)).toBe('«\u00a0Société Contoso\u00a0» a été ajouté.');
    expect(await page.locator('[role=row]', { hasText: 'Société Contoso' }).innerText()).toContain(certificate.notAfter.slice(0, 4));
  });

  it('exports the list without keys, and another list takes it', async () => {
    const here = await launch();
    const { t } = createTexts('en');
    const csv = file(here, 'tenants.csv', `name,tenant id,client id\nContoso,${tenant},${app(1)}\nFabrikam,${tenant},${app(2)}\n`);
    await here.answer('open', csv);
    await here.page.getByRole('button', { name: t('empty.existing') }).waitFor();
    await here.clickMenu('add-existing');
    await here.page.getByRole('tab', { name: t('track-dialog.file') }).click();
    await here.page.locator('[data-choose-file]').click();
    await here.page.getByRole('button', { name: t('track-dialog.add-count', { count: 2 }) }).click();
    await eventually(() => said(here)).toBe('2 credentials were added.');
    await eventually(() => selected(here)).toHaveLength(2);
    const list = join(here.directory, 'list.json');
    await here.answer('save', list);
    await here.clickMenu('export-list');
    await eventually(() => said(here)).toBe(`2 credentials written to ${list}, without keys.`);

    const there = await launch();
    await there.answer('open', list);
    await there.page.getByRole('button', { name: t('empty.existing') }).click();
    await there.page.getByRole('tab', { name: t('track-dialog.file') }).click();
    await there.page.locator('[data-choose-file]').click();
    await there.page.getByRole('button', { name: t('track-dialog.add-count', { count: 2 }) }).click();
    await eventually(() => selected(there)).toHaveLength(2);
    expect((await names(there)).map(bare)).toEqual(['Contoso', 'Fabrikam']);
  });
});
