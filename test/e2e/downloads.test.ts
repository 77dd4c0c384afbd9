import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toCer } from '../../main/certificates/index.ts';
import type { EventValue, KeyringBridge } from '../../preload/contract.ts';
import { ours } from '../unit/certificates/samples.ts';
import { twoLooks } from '../unit/downloads/watching.ts';
import { launch, missing, newDirectory } from './launch.ts';
import { practiceTenants } from './practice-tenants.ts';

type Found = EventValue<'downloads:found'>;
/** What the page is asked to do runs in the page. */
interface Page {
  keyring: KeyringBridge;
  found: Found[];
}

describe.skipIf(missing !== null)('the Downloads folder', () => {
  it('is the system’s, is watched for the window, and left alone when practice is left', async () => {
    const downloads = newDirectory();
    const { origin } = await practiceTenants();
    const application = await launch({ tenants: origin });
    const { page } = application;
    await application.setDownloadsFolder(downloads);
    const watch = () =>
      page.evaluate(() => {
        const here = globalThis as unknown as Page;
        here.found = [];
        here.keyring.subscribe('downloads:found', (found) => void here.found.push(found));
        return here.keyring.request('downloads:watch', null);
      });
    const found = () => page.evaluate(() => (globalThis as unknown as Page).found);
    expect(await watch()).toMatchObject({ ok: true, value: { folder: downloads } });
    const { certificate } = await ours();
    writeFileSync(join(downloads, 'MailStore.cer'), toCer(certificate));
    await expect
      .poll(found)
      .toMatchObject([
        { fault: null, files: [{ name: 'MailStore.cer', preselected: true, facts: { thumbprint: certificate.thumbprint } }] },
      ]);

    await application.clickMenu('leave-practice');
    await expect.poll(() => application.title()).not.toContain('[Practice]');
    writeFileSync(join(downloads, 'second.cer'), toCer(certificate));
    await twoLooks();
    expect(await found()).toHaveLength(1);

    // A watch that is still under way does not keep the application open.
    expect(await watch()).toMatchObject({ ok: true });
    expect(await application.close()).toBe(0);
  });
});
