import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { desk } from './desk.ts';

const source = 'HKLM\\Software\\Policies\\TenantKeyring';

describe('what this computer’s administrators prescribe', () => {
  it('is shown with where it stands, and what does not apply is not', async () => {
    const { request } = await desk({
      managed: {
        policies: {},
        sources: [
          { policy: 'AllowedClouds', value: ['global', 'gcch'], source },
          { policy: 'MinimumKeySize', value: 3072, source },
          { policy: 'ForbidPrivateKeyExport', value: true, source },
          { policy: 'DisableUpdates', value: false, source },
        ],
        unknown: [`${source}: Later`],
      },
    });
    await expect(request('policies:read', null)).resolves.toEqual({
      ok: true,
      value: {
        managed: [
          { policy: 'AllowedClouds', value: 'global, gcch', source },
          { policy: 'MinimumKeySize', value: '3072', source },
          { policy: 'ForbidPrivateKeyExport', value: '', source },
        ],
        unknown: [`${source}: Later`],
      },
    });
  });

  it('is kept to by the window: no small key, and no file with a key', async () => {
    const { request, paths, here } = await desk({
      managed: { policies: { MinimumKeySize: 3072, ForbidPrivateKeyExport: true }, sources: [], unknown: [] },
    });
    await expect(request('certificate:create', { commonName: 'MailStore Server' })).resolves.toMatchObject({
      ok: false,
      fault: { code: 'policy.key-size' },
    });
    await here.connect();
    const { id } = here.services.engine.store.find('Contoso archive');
    paths.push(join(here.directory, 'a.pfx'), join(here.directory, 'a.cer'));
    const file = { id, password: { typed: 'secret' }, encryption: 'modern' } as const;
    // Nobody is asked where to write what may not be written.
    await expect(request('certificate:export', { ...file, format: 'pfx' })).resolves.toMatchObject({
      ok: false,
      fault: { code: 'policy.key-export' },
    });
    await expect(request('certificate:export', { ...file, format: 'pfx', password: 'generated' })).resolves.toMatchObject({
      ok: false,
      fault: { code: 'policy.key-export' },
    });
    expect(paths).toHaveLength(2);
    await expect(request('certificate:export', { ...file, format: 'cer' })).resolves.toMatchObject({ ok: true });
  });
});

it('a certificate is made to the day that the settings name, unless it is too late for the policy', async () => {
  const { request, here } = await desk();
  const day = new Date(Date.now() + 200 * 86_400_000).toISOString().slice(0, 10);
  const settings = await request('settings:read', null);
  if (!settings.ok) throw new Error('no settings');
  await request('settings:write', { ...settings.value, lifetime: day });
  await expect(request('certificate:create', { commonName: 'MailStore Server' })).resolves.toMatchObject({
    ok: true,
    value: { facts: { notAfter: `${day}T23:59:59Z` } },
  });
  expect(here.services.engine.store.list()).toEqual([]);
});
