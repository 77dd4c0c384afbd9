import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What electron-builder downloads, from Debian: program, and the package it is in. */
const debian = {
  '/usr/bin/makensis': 'nsis',
  '/usr/bin/7za': 'p7zip-full',
  '/usr/bin/i686-w64-mingw32-gcc': 'gcc-mingw-w64-i686',
} as const;

export const missingPackages: readonly string[] = Object.entries(debian).flatMap(([program, name]) => (existsSync(program) ? [] : [name]));
if (missingPackages.length > 0)
  console.log(`skipped, because no installer can be compiled here: apt-get install ${missingPackages.join(' ')}`);

/** The functions of NSIS' plugins that electron-builder's scripts call: plugins.c has them. */
const plugins = {
  StdUtils: ['GetAllParameters', 'TestParameter', 'GetParentPath', 'ExecShellAsUser'],
  UAC: ['_'],
  WinShell: ['SetLnkAUMI', 'UninstAppUserModelId', 'UninstShortcut'],
  nsis7z: ['Extract'],
} as const;

function makePlugins(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const compile = (...args: string[]) => execFileSync('i686-w64-mingw32-gcc', args);
  const compiled = join(folder, 'plugins.o');
  compile('-O2', '-Wall', '-Wextra', '-Werror', '-c', '-o', compiled, join(import.meta.dirname, 'plugins.c'));
  for (const [name, functions] of Object.entries(plugins)) {
    const exported = join(folder, `${name}.def`);
    writeFileSync(exported, `LIBRARY ${name}\nEXPORTS\n${functions.map((each) => `  ${each}\n`).join('')}`);
    compile('-shared', '-static-libgcc', '-s', '-o', join(folder, `${name}.dll`), compiled, exported, '-lshell32');
  }
}

function writeProgram(path: string, script: string): void {
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}

/**
 * Where electron-builder's own plugins are, where somebody says it (its own variable, for who has them already): made of
 * electron-userland/electron-builder-binaries, they are in no package of Debian or npm.
 */
const given = process.env['ELECTRON_BUILDER_NSIS_RESOURCES_DIR'];

/** Whose plugins are in a setup program that is compiled here. */
export const pluginsAreOurs = given === undefined;

/** Debian's tools where electron-builder looks for its own. @returns the environment that leads it there */
export function standInTools(folder: string): Readonly<Record<string, string>> {
  const [nsis, resources, programs] = [join(folder, 'nsis'), given ?? join(folder, 'resources'), join(folder, 'bin')];
  for (const each of [join(nsis, 'linux'), programs]) mkdirSync(each, { recursive: true });
  for (const name of readdirSync('/usr/share/nsis')) symlinkSync(join('/usr/share/nsis', name), join(nsis, name));
  symlinkSync('/usr/bin/makensis', join(nsis, 'linux/makensis'));
  copyFileSync('node_modules/electron-winstaller/vendor/7z-x64.exe', join(nsis, 'elevate.exe'));
  if (pluginsAreOurs) makePlugins(join(resources, 'plugins/x86-unicode'));
  // Run only for the first of the two installers, which does nothing but write the uninstaller.
  writeProgram(
    join(programs, 'wine'),
    `case "$1" in --version) echo wine-8.0; exit 0;; esac\nexec '${process.execPath}' '${join(import.meta.dirname, 'uninstaller.ts')}' "$1" "\${1%exe}__uninstaller.exe"`,
  );
  return {
    ELECTRON_BUILDER_NSIS_DIR: nsis,
    ELECTRON_BUILDER_NSIS_RESOURCES_DIR: resources,
    ELECTRON_BUILDER_7ZIP_PATH: '/usr/bin/7za',
    USE_SYSTEM_WINE: 'true',
    PATH: [programs, process.env['PATH']].join(delimiter),
  };
}
