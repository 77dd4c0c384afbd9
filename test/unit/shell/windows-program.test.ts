import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';

const electron = vi.hoisted(() => ({ calls: [] as unknown[], notified: 0 }));
vi.mock('electron', () => {
  const call =
    (name: string) =>
    (...args: unknown[]) =>
      void electron.calls.push([name, ...args]);
  return {
    app: {
      relaunch: call('relaunch'),
      quit: call('quit'),
      setAppUserModelId: call('setAppUserModelId'),
      setToastActivatorCLSID: call('setToastActivatorCLSID'),
    },
    Notification: {
      isSupported: () => {
        electron.notified += 1;
        return false;
      },
    },
    clipboard: {},
    dialog: {},
    shell: {},
  };
});
const { restart } = await import('../../../main/shell/restart.ts');
const { declareIdentity, toastActivator } = await import('../../../main/shell/windows-identity.ts');
const { requireLocalProgram } = await import('../../../main/shell/program-location.ts');
const { createDesktop } = await import('../../../main/shell/desktop.ts');

afterEach(() => {
  electron.calls.length = 0;
  electron.notified = 0;
  vi.unstubAllEnvs();
});
const portable = 'C:\\Users\\anna\\Tenant-Keyring-portable.exe';

describe('starting again', () => {
  it('is left to Electron where the program is installed', () => {
    vi.stubEnv('PORTABLE_EXECUTABLE_FILE', undefined);
    restart();
    expect(electron.calls).toEqual([['relaunch', undefined], ['quit']]);
  });

  it('starts the portable file with its arguments, not what it had unpacked', () => {
    vi.stubEnv('PORTABLE_EXECUTABLE_FILE', portable);
    restart();
    expect(electron.calls).toEqual([['relaunch', { execPath: portable, args: process.argv.slice(1) }], ['quit']]);
  });
});

describe('what Windows knows the program by', () => {
  it('is the same at each start, and removed by the uninstaller', () => {
    declareIdentity('win32');
    expect(electron.calls).toEqual([
      ['setAppUserModelId', /^appId: (.+)$/m.exec(readFileSync('electron-builder.yml', 'utf8'))?.[1]],
      ['setToastActivatorCLSID', toastActivator],
    ]);
    expect(toastActivator).toMatch(/^\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}$/);
    const installer = readFileSync('assets/installer/installer.nsh', 'utf8');
    expect(installer).toContain(`DeleteRegKey HKCU "Software\\Classes\\CLSID\\${toastActivator}"`);
  });

  it('is nothing elsewhere', () => {
    declareIdentity('linux');
    expect(electron.calls).toEqual([]);
  });

  it.each([
    [portable, 0],
    [undefined, 1],
  ])('asks for notifications unless it is portable (%s)', (file, asked) => {
    vi.stubEnv('PORTABLE_EXECUTABLE_FILE', file);
    createDesktop(() => null).notify({ title: 'x', body: 'y', clicked: () => undefined });
    expect(electron.notified).toBe(asked);
  });
});

describe('where the program lies', () => {
  it.each([
    ['\\\\server\\tools\\Tenant Keyring.exe', '\\\\server\\tools'],
    ['\\\\?\\UNC\\server\\tools\\Tenant Keyring.exe', '\\\\server\\tools'],
    ['N:\\Tenant Keyring.exe', '\\\\server\\tools'],
  ])('is refused on a share: %s', (program, location) => {
    const locate = (path: string) => (path.startsWith('C:') ? null : location);
    expect(() => requireLocalProgram(program, 'win32', locate)).toThrow('program.network-path');
    expect(() => requireLocalProgram(program, 'linux', locate)).not.toThrow();
    expect(() => requireLocalProgram('C:\\Tenant Keyring.exe', 'win32', locate)).not.toThrow();
  });

  it('is known from a path on a share without asking anybody', () => {
    expect(() => requireLocalProgram('\\\\server\\tools\\Tenant Keyring.exe', 'win32')).toThrow('program.network-path');
  });
});
