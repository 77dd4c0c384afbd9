import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const lockName = 'instance.lock';
const callName = 'instance.call';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Null when another live process has it. */
function claim(lock: string, mayReplace: boolean): true | null {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (!mayReplace || isAlive(Number(readFileSync(lock, 'utf8')))) return null;
    rmSync(lock, { force: true }); // its process is gone
    return claim(lock, false);
  }
}

/**
 * Electron's lock over `userData`: the later process calls the earlier one and gets false, whether or not that one hears it.
 *
 * @param data what this process says when it calls
 */
export function requestLock(directory: string, data: unknown, called: (sent: unknown) => void): boolean {
  mkdirSync(directory, { recursive: true });
  const [lock, call] = [join(directory, lockName), join(directory, callName)];
  if (claim(lock, true) === null) {
    writeFileSync(`${call}.new`, JSON.stringify(data ?? null));
    renameSync(`${call}.new`, call);
    return false;
  }
  const watcher = watch(directory, (_, name) => {
    if (name === callName && existsSync(call)) called(JSON.parse(readFileSync(call, 'utf8')));
  });
  watcher.unref();
  process.once('exit', () => rmSync(lock, { force: true }));
  return true;
}
