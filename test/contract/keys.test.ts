import { expect, it } from 'vitest';
import { Fault } from '../../main/faults.ts';
import { createKeyHandlers } from '../../main/shell/requests/keys.ts';
import { desk, draft } from './desk.ts';

const foreign = { credentialId: 'c0ffee00-0000-4000-8000-000000000000', thumbprint: '0123456789ABCDEF0123456789ABCDEF01234567' };

it('what list and keychain do not agree on is told, and removed when asked', async () => {
  const { here, request, raw, setUp } = await desk();
  await setUp({ draft, certificate: null });
  const [account = ''] = await here.keychain.accounts();
  const [credentialId = '', thumbprint = ''] = account.split('/');
  const key = { credentialId, thumbprint };
  await expect(request('keys:compare', { asked: false })).resolves.toEqual({ ok: true, value: { unneeded: [], missing: [] } });
  here.keychain.entries.set(`${foreign.credentialId}/${foreign.thumbprint}`, 'left over');
  await expect(request('keys:compare', { asked: false })).resolves.toEqual({
    ok: true,
    value: { unneeded: [{ ...foreign, credential: null, known: false }], missing: [] },
  });
  await expect(request('keys:forget', { keys: [foreign, key] })).resolves.toEqual({ ok: true, value: { forgotten: 1, kept: 1 } });
  here.keychain.entries.clear();
  await expect(request('keys:compare', { asked: true })).resolves.toEqual({
    ok: true,
    value: { unneeded: [], missing: [{ ...key, name: 'Contoso archive', deleted: false }] },
  });
  for (const keys of [[], [{ ...foreign, thumbprint: 'no thumbprint' }], [{ ...foreign, credentialId: 'a/b' }]]) {
    expect(await raw('keys:forget', { keys })).toMatchObject({ ok: false, fault: { code: 'window.request-malformed' } });
  }
});

it('only Windows is looked into unasked; elsewhere the desktop would ask to unlock its keychain', async () => {
  const { here } = await desk();
  const handlers = (platform: NodeJS.Platform, practice: boolean) =>
    createKeyHandlers(
      {
        services: () => here.services,
        app: {
          facts: () => ({ version: '0.0.0', practice, dark: false }),
          practise: () => Promise.resolve(),
          leavePractice: () => Promise.resolve(),
          restoreStore: () => Promise.resolve(),
        },
      },
      platform,
    );
  const agreed = { unneeded: [], missing: [] };
  await expect(handlers('linux', false)['keys:compare']({ asked: false })).resolves.toBeNull();
  await expect(handlers('linux', false)['keys:compare']({ asked: true })).resolves.toEqual(agreed);
  await expect(handlers('linux', true)['keys:compare']({ asked: false })).resolves.toEqual(agreed);
  await expect(handlers('win32', false)['keys:compare']({ asked: false })).resolves.toEqual(agreed);
});

it('a keychain that cannot be used is told as it is', async () => {
  const { here, request } = await desk();
  here.keychain.accounts = () => Promise.reject(new Fault('vault.locked'));
  await expect(request('keys:compare', { asked: false })).resolves.toMatchObject({ ok: false, fault: { code: 'vault.locked' } });
});
