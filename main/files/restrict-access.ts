import { runProgram, systemProgram, type RunProgram } from '../windows/index.ts';

/** Where a file is restricted, and by which means; in tests another operating system. */
export interface Place {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly run: RunProgram;
}

const here = (): Place => ({ platform: process.platform, env: process.env, run: runProgram });

/** Well-known security identifiers (Windows, "Well-known SIDs"): their names differ from language to language. */
const system = 'S-1-5-18';
const administrators = 'S-1-5-32-544';

/** The identifier of the user whose process this is. */
async function ownSid({ env, run }: Place): Promise<string | null> {
  const { code, output } = await run({ file: systemProgram(env, 'whoami.exe'), args: ['/user', '/fo', 'csv', '/nh'] });
  return code === 0 ? (/"(S-1-[0-9-]+)"\s*$/.exec(output)?.[1] ?? null) : null;
}

/**
 * Leaves a file to its owner, to Windows itself and to its administrators: mode 0600 says nothing there, and what the folder
 * lends to others is taken off. Elsewhere the mode has done it.
 *
 * @param path of a file that is empty still
 * @returns false where that cannot be done, as on FAT or on some shares: then the rights of the folder apply
 */
export async function restrictAccess(path: string, place: Place = here()): Promise<boolean> {
  if (place.platform !== 'win32') return true;
  try {
    const sid = await ownSid(place);
    if (sid === null) return false;
    const grants = [sid, system, administrators].map((each) => `*${each}:(F)`);
    const { code } = await place.run({
      file: systemProgram(place.env, 'icacls.exe'),
      args: [path, '/inheritance:r', '/grant:r', ...grants, '/q'],
    });
    return code === 0;
  } catch {
    return false;
  }
}
