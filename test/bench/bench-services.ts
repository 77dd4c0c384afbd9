import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openServices, type Services } from '../../main/services/index.ts';
import type { Keychain } from '../../main/vault/index.ts';
import { memoryKeychain } from '../unit/vault/memory-keychain.ts';

export interface BenchServices {
  readonly services: Services;
  readonly keychain: Keychain;
  close(): Promise<void>;
}

/** The services as the products open them, over a fresh data directory on the disk; only the keychain is in memory. */
export async function openBenchServices(origin: string): Promise<BenchServices> {
  const directory = mkdtempSync(join(tmpdir(), 'tenant-keyring-bench-'));
  const keychain = memoryKeychain();
  const services = await openServices({
    program: 'window',
    language: 'en',
    dataDir: directory,
    env: {},
    policies: {},
    platform: process.platform,
    practice: { url: origin, account: null },
    fetch,
    openBrowser: () => Promise.reject(new Error('no browser in practice')),
    keychain,
  });
  return {
    services,
    keychain,
    close: async () => {
      await services.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
