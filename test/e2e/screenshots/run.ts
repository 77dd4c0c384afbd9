import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from '../../host/chromium.ts';
import { startRendererHost } from '../../host/renderer-page.ts';
import { standInDriver } from '../stand-in-driver.ts';
import { photographList } from './list.ts';
import { photographJourney } from './journey.ts';
import { photographServers } from './servers.ts';

// `npm run screenshots`: every page and dialog, in every language, light and dark, into docs/screenshots.
const project = join(import.meta.dirname, '../../..');
const target = join(project, 'docs/screenshots');
const executable = findChromium();
if (executable === null) throw new Error('no Chromium, Chrome or Edge is installed (Debian: chromium)');

const pages = await startRendererHost(executable);
for (const language of ['en', 'fr', 'de'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    const folder = join(target, language, theme);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const directory = mkdtempSync(join(tmpdir(), 'tenant-keyring-screenshots-'));
    const application = await standInDriver.start([`--data-dir=${directory}`, `--lang=${language}`, '--practice='], directory, project);
    // As Settings does it.
    await application.page.evaluate(
      `keyring.request('settings:read', null).then(({ value }) => keyring.request('settings:write', { ...value, theme: '${theme}' }))`,
    );
    await photographJourney(application.page, language, folder);
    await application.close();
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
    const open = () =>
      pages.open({
        facts: { language, dark: theme === 'dark' },
        context: { colorScheme: theme, viewport: { width: 1180, height: 760 }, reducedMotion: 'reduce' },
      });
    const { page } = await open();
    await photographList(page, folder);
    await page.context().close();
    await photographServers(open, folder);
    console.log(folder);
  }
}
await pages.close();
