import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Clock } from '../../../main/clock.ts';
import { openDatabase } from '../../../main/vault/index.ts';
import type { Database, DatabaseOptions } from '../../../main/vault/index.ts';

export interface TestClock extends Clock {
  advance(ms: number): void;
}

/** Stands at 2026-11-24T10:30:00Z until it is advanced. */
export function testClock(): TestClock {
  let now = Date.UTC(2026, 10, 24, 10, 30);
  const advance = (ms: number): void => {
    now += ms;
  };
  return { now: () => new Date(now), advance, sleep: async (ms) => advance(ms) };
}

/** A folder that is gone after the test. */
export function scratch(): string {
  const directory = mkdtempSync(join(tmpdir(), 'tenant-keyring-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));
  return directory;
}

/** A database in a scratch folder, or in the one given, closed after the test. */
export function testDatabase(directory = scratch(), options: Partial<DatabaseOptions> = {}): Database {
  const database = openDatabase(directory, { clock: testClock(), ...options });
  onTestFinished(() => database.close());
  return database;
}
