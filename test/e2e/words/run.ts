import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { toCer } from '../../../main/certificates/index.ts';
import { dropFile } from '../../host/page/dropped-file.ts';
import { ours } from '../../unit/certificates/samples.ts';
import { credentialWindow } from '../credential-window.ts';
import { standInDriver } from '../stand-in-driver.ts';
import { counted, type Screen } from './screens.ts';

// `npm run count-journey`: clicks, typed fields, screens and words from the empty window on, over a practice tenant.
// `--texts` prints what stood on each screen as well.
const project = join(import.meta.dirname, '../../..');
const texts = process.argv.includes('--texts');

type Journey = (page: Page) => Promise<{ readonly clicks: number; readonly fields: number; readonly screens: readonly Screen[] }>;

/** From the empty window to the plan, with one of the answers to who holds the key. */
async function toPlan(page: Page, custody: 'keyring' | 'external') {
  const window = credentialWindow(page);
  const { button, field } = window;
  await button('manager.create').waitFor();
  const count = await counted(page);
  await count.click(button('manager.create'));
  await count.click(page.locator(`[data-dialog=app-credentials] input[type=radio][value=${custody}]`));
  await count.type(field('name'), 'Contoso archive');
  await count.type(field('tenant'), 'contoso.example');
  await count.type(field('fqdn'), 'mailstore.contoso.com');
  await count.click(button('dialog.set-up'));
  const plan = page.locator('[data-stage=plan]');
  const tenant = page.locator('[data-stage=tenant]');
  await plan.or(tenant).waitFor();
  if (await tenant.isVisible()) await count.click(button('setup.tenant.begin'));
  await plan.waitFor();
  await count.click(window.apply());
  return { count, window };
}

const keyHere: Journey = async (page) => {
  const { count, window } = await toPlan(page, 'keyring');
  await window.stage('proof');
  return count.result();
};

const serversKey: Journey = async (page) => {
  const { count, window } = await toPlan(page, 'external');
  const { button, t, stage } = window;
  await stage('sheet');
  for (const field of ['field.client-id', 'field.tenant-id', 'field.redirect-uri'] as const)
    await count.click(button('dialog.copy.what', { what: t(field) }));
  await count.click(button('setup.sheet.copy-script'));
  const { certificate } = await ours('MailStore');
  await page.locator('[data-drop-zone]').evaluate(dropFile, { name: 'MailStore.cer', bytes: [...toCer(certificate)] });
  await page.locator('[data-step-done=evidence]').waitFor();
  await count.click(button('setup.sheet.worked', { server: 'MailStore Server' }));
  await page.locator('[data-sheet=end]').waitFor();
  return count.result();
};

const sum = (screens: readonly Screen[]) => screens.reduce((words, screen) => words + screen.words, 0);

async function walk(name: string, journey: Journey, goal: readonly [number, number, number, number]) {
  const directory = mkdtempSync(join(tmpdir(), 'tenant-keyring-journey-'));
  const application = await standInDriver.start([`--data-dir=${directory}`, '--lang=en', '--practice='], directory, project);
  await application.setDownloadsFolder(directory);
  const { clicks, fields, screens } = await journey(application.page);
  await application.close();
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  const found = [clicks, fields, screens.length, sum(screens)];
  console.log(`${name}: clicks / typed fields / screens / words`);
  console.log(
    `  ${found.join(' / ')}   goal at most ${goal.join(' / ')}${found.every((each, at) => each <= (goal[at] ?? 0)) ? '' : '   OVER'}`,
  );
  for (const { screen, words, text } of screens) {
    console.log(`  ${String(words).padStart(5)}  ${screen}`);
    if (texts) console.log(text.replaceAll(/^/gm, '           '));
  }
  return screens;
}

const seen = await walk('empty window to the proof, key here', keyHere, [5, 3, 6, 400]);
const proof = seen.find(({ screen }) => screen === 'proof')?.words ?? 0;
console.log(`words on the proof page\n  ${proof}   goal at most 120${proof <= 120 ? '' : '   OVER'}`);
await walk('empty window to finished by hand, key of the server', serversKey, [9, 3, 7, 550]);
