import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
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

const templates = 'node_modules/app-builder-lib/templates/nsis';

/** Functions of the plugins that electron-builder's scripts call: makensis looks for them in the DLLs, and calls none. */
function pluginFunctions(): Readonly<Record<string, readonly string[]>> {
  const used = readFileSync(join(templates, 'include/StdUtils.nsh'), 'utf8').matchAll(/StdUtils::(\w+)/g);
  return {
    StdUtils: [...new Set([...used].map((match) => match[1] ?? ''))],
    nsProcess: ['_FindProcess', '_KillProcess', '_CloseProcess', '_Unload'],
    UAC: ['_'],
    WinShell: ['SetLnkAUMI', 'UninstAppUserModelId', 'UninstShortcut'],
    SpiderBanner: ['Show'],
    nsis7z: ['Extract', 'ExtractWithDetails'],
  };
}

function makePlugins(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const source = join(folder, 'plugin.c');
  writeFileSync(source, 'int __stdcall DllMain(void*h,unsigned r,void*p){return 1;} void __cdecl nothing(void){}');
  for (const [name, functions] of Object.entries(pluginFunctions())) {
    const exported = join(folder, `${name}.def`);
    writeFileSync(exported, `LIBRARY ${name}\nEXPORTS\n${functions.map((each) => `  ${each}=nothing\n`).join('')}`);
    execFileSync('i686-w64-mingw32-gcc', [
      '-shared',
      '-nostdlib',
      '-Os',
      '-s',
      '-o',
      join(folder, `${name}.dll`),
      source,
      exported,
      '-Wl,-e,_DllMain@12',
    ]);
  }
}

function writeProgram(path: string, script: string): void {
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}

/** Debian's tools where electron-builder looks for its own. @returns the environment that leads it there */
export function standInTools(folder: string): Readonly<Record<string, string>> {
  const [nsis, resources, programs] = [join(folder, 'nsis'), join(folder, 'resources'), join(folder, 'bin')];
  for (const each of [join(nsis, 'linux'), programs]) mkdirSync(each, { recursive: true });
  for (const name of readdirSync('/usr/share/nsis')) symlinkSync(join('/usr/share/nsis', name), join(nsis, name));
  symlinkSync('/usr/bin/makensis', join(nsis, 'linux/makensis'));
  copyFileSync('node_modules/electron-winstaller/vendor/7z-x64.exe', join(nsis, 'elevate.exe'));
  makePlugins(join(resources, 'plugins/x86-unicode'));
  // Run only for the first of the two installers, which does nothing but write the uninstaller.
  writeProgram(join(programs, 'wine'), 'case "$1" in --version) echo wine-8.0; exit 0;; esac\ncp "$1" "${1%exe}__uninstaller.exe"');
  return {
    ELECTRON_BUILDER_NSIS_DIR: nsis,
    ELECTRON_BUILDER_NSIS_RESOURCES_DIR: resources,
    ELECTRON_BUILDER_7ZIP_PATH: '/usr/bin/7za',
    USE_SYSTEM_WINE: 'true',
    PATH: [programs, process.env['PATH']].join(delimiter),
  };
}
