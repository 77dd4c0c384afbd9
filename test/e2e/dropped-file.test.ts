import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { FakeFault } from '../host/fake-bridge.ts';
import { findChromium } from '../host/chromium.ts';
import { rows } from '../host/fixtures.ts';
import { dropFile } from '../host/page/dropped-file.ts';
import { startRendererHost, type RendererHost } from '../host/renderer-page.ts';

const executable = findChromium();
if (executable === null) console.warn('Dropping a file on the list is not tested: no Chromium, Chrome or Edge is installed.');

let host: RendererHost;
let opened: Awaited<ReturnType<RendererHost['open']>>;

const open = async (options: Parameters<RendererHost['open']>[0] = {}) => (opened = await host.open(options));
const drop = (name: string, text: string) =>
  opened.page.locator('main').evaluate(dropFile, { name, bytes: [...new TextEncoder().encode(text)] });
const sent = (channel: string) => opened.main.calls.filter((call) => call.channel === channel).map(({ input }) => input);

describe.skipIf(executable === null)('a file that is dropped on the list', () => {
  beforeAll(async () => {
    host = await startRendererHost(executable ?? '');
  });
  afterAll(() => host.close());
  afterEach(async () => {
    expect(opened.problems).toEqual([]);
    await opened.page.context().close();
  });

  it('goes to Add existing… when it is a list, read by main', async () => {
    const { page } = await open();
    await drop('tenants.CSV', 'name;tenant id\nContoso;x');
    await page.locator('[data-dialog=add-existing] [data-line]').first().waitFor();
    expect(sent('track:read')).toEqual([
      { cloud: 'global', name: 'tenants.CSV', content: Buffer.from('name;tenant id\nContoso;x').toString('base64') },
    ]);
    // The next time it is opened by its button, with nothing in it.
    await page.keyboard.press('Escape');
    await page.locator('[data-command=add-existing]').click();
    await page.locator('[data-dialog=add-existing] [data-field=certificate]').waitFor();
    expect(await page.locator('[data-line]').count()).toBe(0);
  });

  it('goes to the form of one credential when it is a certificate', async () => {
    const [{ certificate } = { certificate: null }] = rows(1);
    if (certificate === null) throw new Error('no certificate');
    const { page } = await open({ answers: { 'certificate:read': () => ({ certificate: randomUUID(), facts: certificate }) } });
    await drop('server.cer', 'bytes');
    await expect
      .poll(() => page.locator('[data-dialog=add-existing] [data-field=certificate]').inputValue())
      .toContain(certificate.thumbprint.slice(0, 4));
  });

  it('is not even read when it is there to hold a key', async () => {
    const { page } = await open();
    await drop('server.pfx', 'secret');
    await page.locator('[data-drop-refused]').getByText('server.pfx can hold a private key').waitFor();
    await drop('holiday.jpg', 'picture');
    await page.locator('[data-drop-refused]').getByText('holiday.jpg is neither a list').waitFor();
    expect([...sent('certificate:read'), ...sent('track:read')]).toEqual([]);
  });

  it('is refused with main’s words when there is a key in it', async () => {
    const { page } = await open({
      answers: {
        'certificate:read': () => {
          throw new FakeFault(
            'certificate.private-key-inside',
            'server.pem contains a private key.',
            'Choose the certificate alone.',
            false,
          );
        },
      },
    });
    await drop('server.pem', 'both');
    await page.locator('[data-fault="certificate.private-key-inside"]').getByText('Choose the certificate alone.').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
  });
});
