import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openWorkshop } from '../../release/stand-in/packing.ts';
import { pluginsAreOurs } from '../../release/stand-in/tools.ts';
import { versions } from './versions.ts';

/**
 * Makes the whole setup program, as `npm run dist` does, of this version and of one that follows it: with the launcher in
 * Electron's place, and the application as files beside it.
 */
export async function compileSetups(folder: string): Promise<void> {
  const workshop = openWorkshop(join(folder, 'launcher.exe'));
  try {
    for (const version of versions) {
      const packed = await workshop.pack({ release: false, targets: ['nsis'], architectures: ['x64'], version, unpacked: true });
      const setup = readdirSync(packed.folder).find((name) => name.endsWith('-setup-unsigned.exe'));
      if (packed.code !== 0 || setup === undefined) throw new Error(packed.log);
      copyFileSync(join(packed.folder, setup), join(folder, `setup-${version}.exe`));
    }
  } finally {
    workshop.close();
  }
  for (const end of ['exe', 'dll']) copyFileSync(`node_modules/electron-winstaller/vendor/7z-x64.${end}`, join(folder, `7z.${end}`));
  console.log(`The setup programs have ${pluginsAreOurs ? 'stand-ins for electron-builder’s plugins' : 'electron-builder’s own plugins'}`);
}
