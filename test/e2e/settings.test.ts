import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../host/chromium.ts';
import { FakeFault, type FakeOptions } from '../host/fake-bridge.ts';
import { startRendererHost, type RendererHost } from '../host/renderer-page.ts';

const executable = findChromium();
if (executable === null) console.warn('The settings are not tested: no Chromium, Chrome or Edge is installed.');

const clientId = '5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3f4a5b';
const text = (page: Page, name: string) => page.locator(`input[name=${name}]`);
const announced = (page: Page) => page.locator('[data-announcer]');

describe.skipIf(executable === null)('the settings', () => {
  let host: RendererHost;
  beforeAll(async () => {
    host = await startRendererHost(executable ?? '');
  });
  afterAll(() => host.close());

  async function opened(answers: FakeOptions['answers'] = {}) {
    const shown = await host.open({ answers, context: { reducedMotion: 'reduce' } });
    await shown.page.keyboard.press('Control+,');
    await shown.page.locator('main select').first().waitFor();
    const written = () => shown.main.calls.filter(({ channel }) => channel === 'settings:write').map(({ input }) => input);
    return { ...shown, written };
  }

  it('are saved as soon as they are chosen, alone, and the screen reader is told', async () => {
    const { page, written } = await opened();
    expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0);
    await page.getByLabel('Theme').selectOption('dark');
    await announced(page).getByText('Theme: saved.').waitFor();
    await page.getByLabel('Who makes the certificate and keeps its key?').selectOption('external');
    await announced(page).getByText('Who makes the certificate and keeps its key?: saved.').waitFor();
    await page.getByLabel('Server software').selectOption('mailstore-spe');
    await expect
      .poll(written)
      .toEqual([{ theme: 'dark' }, { custody: 'external' }, { server: 'mailstore-spe', profile: 'mailstore-guide', port: '443' }]);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  });

  it('that are typed are saved by Enter, when the field is left, after a pause, and when the page is left', async () => {
    const { page, written } = await opened();
    await text(page, 'fqdn').fill(' mail.example.com ');
    await text(page, 'fqdn').press('Enter');
    await expect.poll(written).toEqual([{ fqdn: 'mail.example.com' }]);
    await expect.poll(() => text(page, 'fqdn').inputValue()).toBe('mail.example.com');
    await text(page, 'port').fill('443');
    await text(page, 'lifetime').focus();
    await expect.poll(written).toHaveLength(2);
    await text(page, 'lifetime').fill('12');
    await expect.poll(written).toHaveLength(3);
    await text(page, 'lifetime').fill('6');
    await page.keyboard.press('Escape');
    await page.locator('[role=grid]').waitFor();
    await expect.poll(written).toEqual([{ fqdn: 'mail.example.com' }, { port: '443' }, { lifetime: '12' }, { lifetime: '6' }]);
  });

  it('that are wrong stay in their field with one sentence, and what was saved goes on to hold', async () => {
    const { page, written } = await opened({
      'settings:write': ({ port }) => {
        if (port === '70000') throw new FakeFault('input.port.out-of-range', 'There is no port 70000.', 'Ports go from 1 to 65535.', false);
        return null;
      },
    });
    await text(page, 'port').fill('70000');
    await text(page, 'lifetime').focus();
    await page.getByText('1 to 65535').waitFor();
    expect(await text(page, 'port').inputValue()).toBe('70000');
    expect(await text(page, 'port').getAttribute('aria-invalid')).toBe('true');
    expect(await announced(page).textContent()).toBe('');
    await text(page, 'port').fill('8462');
    await text(page, 'lifetime').focus();
    expect(await page.getByText('1 to 65535').count()).toBe(0);
    expect(await text(page, 'port').inputValue()).toBe('8462');
    // As it was: nothing is to be saved.
    expect(written()).toEqual([{ port: '70000' }]);
  });

  it('about which main asks are saved when the field is left, and stand as before where somebody says no', async () => {
    const { page, written } = await opened({
      'settings:write': () => {
        throw new FakeFault('window.not-confirmed');
      },
    });
    await text(page, 'signInClientId').fill(clientId);
    await text(page, 'signInClientId').press('Enter');
    await text(page, 'port').focus();
    await expect.poll(written).toEqual([{ signInClientId: clientId }]);
    await expect.poll(() => text(page, 'signInClientId').inputValue()).toBe('');
  });

  it('that a policy prescribes cannot be changed', async () => {
    const { page } = await opened({
      'policies:read': () => ({ managed: [{ policy: 'DefaultCustody', value: 'external', source: 'HKLM' }], unknown: [] }),
    });
    expect(await page.getByLabel('Who makes the certificate and keeps its key?').isDisabled()).toBe(true);
  });
});
