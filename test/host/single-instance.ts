import { mkdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
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

/** Electron's lock over `userData`: the later process calls the earlier one and gets false. */
export function requestLock(directory: string, called: () => void): boolean {
  mkdirSync(directory, { recursive: true });
  const [lock, call] = [join(directory, lockName), join(directory, callName)];
  if (claim(lock, true) === null) {
    writeFileSync(call, String(process.pid));
    return false;
  }
  const watcher = watch(directory, (_, name) => {
    if (name === callName) called();
  });
  watcher.unref();
  process.once('exit', () => rmSync(lock, { force: true }));
  return true;
}
