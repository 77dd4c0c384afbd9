import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { launch, launchAgain, missing, newDirectory, usesStandIn } from './launch.ts';
import { standInDriver } from './stand-in-driver.ts';

describe.skipIf(missing !== null)('ending and starting', () => {
  it('closes store and log when the person signs out of Windows', async () => {
    const application = await launch();
    expect(await application.endSession()).toBe(0);
    const left = readdirSync(join(application.directory, 'practice'));
    expect(left).toContain('keyring.sqlite');
    // SQLite removes them when the last connection is closed (sqlite.org/wal.html).
    expect(left.filter((name) => /-(wal|shm)$/.test(name))).toEqual([]);
  });

  it('gives way to a window that hears it', async () => {
    const application = await launch();
    expect(await launchAgain(application)).toBe(0);
    expect(await application.recorded()).toMatchObject({ focused: expect.toSatisfy((count: number) => count > 0) });
    expect(readFileSync(join(application.directory, 'window/called'), 'utf8')).not.toBe('');
  });

  // Real Electron has no lock that could be held without hearing: that takes another session of Windows.
  it.skipIf(!usesStandIn)('ends with a fault where nobody hears it', async () => {
    const directory = newDirectory();
    mkdirSync(join(directory, 'window'), { recursive: true });
    // This very process has the lock, and listens to nobody.
    writeFileSync(join(directory, 'window/instance.lock'), String(process.pid));
    expect(await standInDriver.run([`--data-dir=${directory}`, '--lang=en', '--practice='])).toBe(1);
  });
});
