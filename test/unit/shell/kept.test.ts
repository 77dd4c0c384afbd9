import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openSettings } from '../../../main/shell/settings-file.ts';
import { isReachable, keepBounds, readBounds } from '../../../main/shell/window-bounds.ts';

const now = () => new Date('2026-11-29T09:30:00Z');

function folder(): string {
  const directory = mkdtempSync(join(tmpdir(), 'tenant-keyring-kept-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}

describe('the place of the window', () => {
  const bounds = { x: 10, y: 20, width: 1000, height: 700, maximized: true };

  it('is kept, also where its folder is not there yet', () => {
    const file = join(folder(), 'window', 'bounds.json');
    expect(readBounds(file)).toBeNull();
    keepBounds(file, bounds);
    expect(readBounds(file)).toEqual(bounds);
  });

  it.each(['', '{', '[]', '{"x":1}', JSON.stringify({ ...bounds, width: 1 }), JSON.stringify({ ...bounds, x: 'left' })])(
    'is forgotten when the file says %s',
    (text) => {
      const file = join(folder(), 'bounds.json');
      writeFileSync(file, text);
      expect(readBounds(file)).toBeNull();
    },
  );

  it('is used when its title bar is on a screen that is there', () => {
    const laptop = { x: 0, y: 0, width: 1920, height: 1040 };
    const beside = { x: 1920, y: 0, width: 1920, height: 1040 };
    expect(isReachable({ ...bounds, x: 2500 }, [laptop, beside])).toBe(true);
    expect(isReachable({ ...bounds, x: 2500 }, [laptop])).toBe(false);
    expect(isReachable({ ...bounds, x: 1900 }, [laptop])).toBe(false);
    expect(isReachable({ ...bounds, y: -200 }, [laptop])).toBe(false);
    expect(isReachable({ ...bounds, y: 1030 }, [laptop])).toBe(false);
  });
});

describe('settings', () => {
  it('begin with the guide’s values and are kept', async () => {
    const file = join(folder(), 'settings.json');
    const settings = openSettings(file, {}, now);
    expect(settings.read()).toMatchObject({
      language: 'system',
      port: '8462',
      profile: 'mailstore-guide',
      keySize: '3072',
      lifetime: '15',
      cloud: 'global',
    });
    await settings.write({ ...settings.read(), language: 'fr', fqdn: 'mail.example.com' });
    expect(openSettings(file, {}, now).read()).toMatchObject({ language: 'fr', fqdn: 'mail.example.com' });
  });

  it('have a software with its port, and lose no other one where this version does not describe it', async () => {
    const file = join(folder(), 'settings.json');
    expect(openSettings(file, {}, now).read()).toMatchObject({ server: 'mailstore-server', port: '8462' });
    expect(openSettings(file, { DefaultProfile: 'imap-access' }, now).read()).toMatchObject({
      server: 'mail-protocols',
      profile: 'imap-access',
    });
    const settings = openSettings(file, {}, now);
    await settings.write({ ...settings.read(), server: 'other', profile: '', language: 'de' });
    expect(openSettings(file, {}, now).read()).toMatchObject({ server: 'other', profile: '' });
    await expect(settings.write({ ...settings.read(), profile: 'imap-access' })).rejects.toMatchObject({ code: 'input.server.profile' });
    writeFileSync(file, JSON.stringify({ ...settings.read(), server: 'of-tomorrow', profile: 'of-tomorrow', language: 'fr' }));
    expect(openSettings(file, {}, now).read()).toMatchObject({ server: 'mailstore-server', profile: 'mailstore-guide', language: 'fr' });
  });

  it.each([
    [{ port: '70000' }, 'input.port.out-of-range'],
    [{ lifetime: 'ten' }, 'input.valid-months.invalid'],
    [{ lifetime: '37' }, 'input.valid-months.invalid'],
    [{ lifetime: '2026-11-28' }, 'input.until.past'],
    [{ lifetime: '2027-02-30' }, 'input.until.not-a-day'],
    [{ fqdn: 'https://mail' }, 'input.fqdn.scheme'],
    [{ signInClientId: 'mine' }, 'input.client-id.not-a-guid'],
    [{ profile: 'nonsense' }, 'input.profile.unknown'],
  ])('refuse %o with the reason, and stay as they were', async (change, code) => {
    const file = join(folder(), 'settings.json');
    const settings = openSettings(file, {}, now);
    const before = settings.read();
    await expect(settings.write({ ...before, ...change })).rejects.toMatchObject({ code });
    expect(settings.read()).toEqual(before);
    expect(() => readFileSync(file)).toThrow();
  });

  it('change what is named and nothing else, also where a policy stands before what was chosen', async () => {
    const file = join(folder(), 'settings.json');
    const chosen = openSettings(file, {}, now);
    expect(chosen.read().custody).toBe('ask');
    await chosen.write({ keySize: '2048', custody: 'keyring', language: 'fr' });
    const policies = { MinimumKeySize: 4096, DefaultCustody: 'external', Language: 'de' } as const;
    const managed = openSettings(file, policies, now);
    expect(managed.read()).toMatchObject({ keySize: '4096', custody: 'external', language: 'de' });
    await managed.write({ theme: 'dark' });
    expect(managed.read()).toMatchObject({ keySize: '4096', custody: 'external', theme: 'dark' });
    expect(openSettings(file, {}, now).read()).toMatchObject({ keySize: '2048', custody: 'keyring', language: 'fr', theme: 'dark' });
  });

  it('hold to what the administrators of the computer prescribe', async () => {
    const file = join(folder(), 'settings.json');
    const policies = {
      Language: 'de',
      SignInClientId: '11111111-2222-4333-8444-555555555555',
      MinimumKeySize: 4096,
      MaximumLifetimeMonths: 12,
      DefaultProfile: 'directory-only',
    } as const;
    const settings = openSettings(file, policies, now);
    const prescribed = {
      language: 'de',
      signInClientId: '11111111-2222-4333-8444-555555555555',
      keySize: '4096',
      lifetime: '12',
      profile: 'directory-only',
    };
    expect(settings.read()).toMatchObject(prescribed);
    await expect(settings.write({ ...settings.read(), keySize: '2048' })).rejects.toMatchObject({
      code: 'policy.key-size',
      params: { keySize: 2048, minimum: 4096 },
    });
    await expect(settings.write({ ...settings.read(), lifetime: '13' })).rejects.toMatchObject({
      code: 'policy.lifetime',
      params: { months: 12 },
    });
    await settings.write({ ...settings.read(), language: 'fr', profile: 'mailstore-guide', lifetime: '6' });
    expect(openSettings(file, policies, now).read()).toMatchObject({ ...prescribed, profile: 'mailstore-guide', lifetime: '6' });
  });

  it('may name the last day of new certificates; when it has passed, nothing else is lost with it', async () => {
    const file = join(folder(), 'settings.json');
    const settings = openSettings(file, { MaximumLifetimeMonths: 12 }, now);
    await expect(settings.write({ ...settings.read(), lifetime: '2027-12-31' })).rejects.toMatchObject({ code: 'policy.lifetime' });
    await settings.write({ ...settings.read(), lifetime: '2027-06-30', fqdn: 'mail.example.com' });
    expect(openSettings(file, {}, now).read()).toMatchObject({ lifetime: '2027-06-30', fqdn: 'mail.example.com' });
    expect(openSettings(file, {}, () => new Date('2027-07-01T00:00:00Z')).read()).toMatchObject({
      lifetime: '15',
      fqdn: 'mail.example.com',
    });
  });

  it('keep what is understood of a damaged or newer file', () => {
    const file = join(folder(), 'settings.json');
    writeFileSync(file, JSON.stringify({ language: 'de', theme: 'sepia', later: 1 }));
    expect(openSettings(file, {}, now).read()).toMatchObject({ language: 'de', theme: 'system' });
    writeFileSync(file, 'nonsense');
    expect(openSettings(file, {}, now).read().language).toBe('system');
  });
});
