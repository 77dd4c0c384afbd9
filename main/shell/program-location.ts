import { Fault } from '../faults.ts';
import { networkLocation } from '../vault/index.ts';

/**
 * Chromium's sandboxed processes cannot be started from a share or a mapped drive, and without them the program ends before
 * it has shown anything (electron/electron, issues 25618 and 36698: "GPU process launch failed: error_code=18").
 *
 * @param program full path
 * @throws Fault('program.network-path') on Windows
 */
export function requireLocalProgram(program: string, platform: NodeJS.Platform, locate = networkLocation): void {
  if (platform !== 'win32') return;
  const location = locate(program, platform);
  if (location !== null) throw new Fault('program.network-path', { params: { location } });
}
