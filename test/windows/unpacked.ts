import { copyFileSync, cpSync, existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const launcher = join(import.meta.dirname, 'made', 'launcher.exe');

/** Why there is no program to start; null where there is. */
export const withoutProgram: string | null = !existsSync(launcher)
  ? 'the launcher is compiled on Linux'
  : existsSync('out/main/index.js')
    ? null
    : 'nothing is built: npm run build';

/** What the launcher asks for, which stands in for Electron. */
export const launcherEnvironment = {
  STAND_IN_NODE: process.execPath,
  STAND_IN_RUN: resolve(import.meta.dirname, 'stand-in/run-unpacked.ts'),
};

/** The program as it is installed, not packed: what electron-builder.yml packs, beside a launcher in Electron's place. */
export function unpackInto(folder: string): void {
  const application = join(folder, 'resources', 'app');
  mkdirSync(join(application, 'assets'), { recursive: true });
  copyFileSync(launcher, join(folder, 'Tenant Keyring.exe'));
  copyFileSync('assets/installer/tenant-keyring.cmd', join(folder, 'tenant-keyring.cmd'));
  copyFileSync('package.json', join(application, 'package.json'));
  for (const path of ['out', 'assets/i18n', 'assets/servers', 'node_modules/keytar/lib', 'node_modules/keytar/prebuilds/win32-x64'])
    cpSync(path, join(application, path), { recursive: true });
  copyFileSync('node_modules/keytar/package.json', join(application, 'node_modules/keytar/package.json'));
}
