import { appendFileSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Before the fuses of a program (@electron/fuses, "Fuse Wire"), then version 1 and nine fuses, as Electron is delivered. */
const fuseWire = Buffer.concat([Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'), Buffer.from([1, 9]), Buffer.from('101101100')]);

/**
 * A folder in the shape of an unpacked Electron for Windows, with fuses at the end of its program.
 *
 * @param program a program whose resources can be edited; without it one that does nothing for us
 */
export function standInElectron(folder: string, program = 'node_modules/electron-winstaller/vendor/7z-x64.exe'): string {
  mkdirSync(join(folder, 'locales'), { recursive: true });
  mkdirSync(join(folder, 'resources'));
  copyFileSync(program, join(folder, 'electron.exe'));
  appendFileSync(join(folder, 'electron.exe'), fuseWire);
  for (const language of ['en-US', 'fr', 'de', 'ja']) writeFileSync(join(folder, 'locales', `${language}.pak`), language);
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'icudtl.dat', 'vulkan-1.dll']) writeFileSync(join(folder, name), name);
  return folder;
}
