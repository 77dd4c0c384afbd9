import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { activityPage } from '../../main/printed/index.ts';
import { createTexts } from '../../main/texts/index.ts';
import { desk, draft } from './desk.ts';

const hostile = 'A <script>alert(1)</script> & "co"';

/** Text between tags, entities read. */
const textOf = (html: string): string =>
  html
    .replace(/<style>[^]*?<\/style>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');

it('a credential is saved as a page that says what it is, what was proven and what was done, and runs nothing', async () => {
  const { here, request, setUp, paths } = await desk();
  await setUp({ draft: { ...draft, name: hostile }, certificate: null });
  const [id = ''] = here.services.engine.store.ids();
  const record = here.services.engine.store.find(id);
  const path = join(here.directory, 'page.html');
  paths.push(path, null);
  expect(await request('credential:save-page', { id })).toEqual({ ok: true, value: { path } });
  const page = readFileSync(path, 'utf8');
  const text = textOf(page);
  for (const part of [
    record.tenantId,
    record.clientId ?? '',
    record.certificate?.thumbprint ?? '',
    'Token for Microsoft Graph',
    'Application registered',
  ])
    expect(text).toContain(part);
  expect(text).toContain('[Practice] A <script>alert(1)</script> & "co"');
  expect(page).not.toMatch(/<script| src=| href=|https?:\/\/[^<]*>/);
  expect(page).toMatch(/Content-Security-Policy" content="default-src 'none'/);
  expect(await request('credential:save-page', { id })).toEqual({ ok: true, value: null });
});

it('the trail is saved as a page, each write once with its outcome, the newest first', async () => {
  const { here, request, setUp, paths } = await desk();
  await setUp({ draft, certificate: null });
  const path = join(here.directory, 'activity.html');
  paths.push(path);
  expect(await request('activity:save-page', { credential: null })).toEqual({ ok: true, value: { path } });
  const text = textOf(readFileSync(path, 'utf8'));
  expect(text.split('Application registered')).toHaveLength(2);
  expect(text.indexOf('Admin consent granted')).toBeLessThan(text.indexOf('Application registered'));
  expect(text).not.toContain('Begun, outcome unknown');
});

it('an announcement without an outcome stays, and no other write’s outcome takes it away', () => {
  const entry = {
    id: 1,
    at: '2026-11-30T08:00:00.000Z',
    operation: 'one',
    credentialId: 'c',
    tenantId: 't',
    actor: 'anna@contoso.example',
    phase: 'intent' as const,
    change: 'grant-role',
    step: 'consent',
    target: null,
    detail: {},
    correlationId: null,
  };
  const page = activityPage(
    [entry, { ...entry, id: 2, operation: 'two' }, { ...entry, id: 3, operation: 'two', phase: 'done', at: '2026-11-30T08:01:00.000Z' }],
    new Map([['c', 'Contoso']]),
    { texts: createTexts('en'), at: new Date('2026-11-30T09:00:00Z'), practice: false },
  );
  const text = textOf(page);
  expect(text.split('Begun, outcome unknown')).toHaveLength(2);
  expect(text.split('Done')).toHaveLength(2);
  expect(text).not.toContain('Practice');
});

it('the link for the customer’s administrator is copied, and names application and tenant', async () => {
  const { here, request, setUp, copied } = await desk();
  await setUp({ draft, certificate: null });
  const [id = ''] = here.services.engine.store.ids();
  const { tenantId, clientId } = here.services.engine.store.find(id);
  expect(await request('portal:copy-consent', { id })).toEqual({ ok: true, value: null });
  expect(copied).toEqual([`https://login.microsoftonline.com/${tenantId}/adminconsent?client_id=${clientId}`]);
});
