import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { listInstalledFiles } from '../../../dist.ts';
import { compileSetups } from './setups.ts';

/** Makes on Linux, for the tests of this folder, what no compiler makes in Wine: `node compile.ts FOLDER`. */
const [, , folder = ''] = process.argv;
mkdirSync(folder, { recursive: true });

const how = ['-municode', '-mwindows', '-O2', '-s', '-Wall', '-Wextra', '-Werror'];
execFileSync('x86_64-w64-mingw32-gcc', [...how, '-o', join(folder, 'launcher.exe'), join(import.meta.dirname, 'launcher.c')]);

const files = mkdtempSync(join(tmpdir(), 'tenant-keyring-small-'));
try {
  for (const name of ['Small.exe', 'locales/de.pak', 'resources/app.asar', 'resources/app.asar.unpacked/keytar/keytar.node']) {
    mkdirSync(dirname(join(files, name)), { recursive: true });
    writeFileSync(join(files, name), name);
  }
  await listInstalledFiles(files);
  for (const VERSION of ['1.0.0', '1.10.0']) {
    const given = { FILES: files, OUT: resolve(folder, `small-setup-${VERSION}.exe`), VERSION, PROJECT_DIR: process.cwd() };
    const defines = Object.entries(given).map(([name, value]) => `-D${name}=${value}`);
    execFileSync('makensis', ['-V2', '-WX', ...defines, join(import.meta.dirname, 'small-setup.nsi')], { stdio: 'inherit' });
  }
} finally {
  rmSync(files, { recursive: true });
}

if (existsSync('out/main/index.js')) await compileSetups(folder);
