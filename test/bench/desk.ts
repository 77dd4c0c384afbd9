import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { followAuthorize, practiceFetch } from '../../main/practice/index.ts';
import type { ConnectRequest } from '../../main/registration/operations/connect.ts';
import type { Run } from '../../main/registration/operations/engine.ts';
import { openServices, type Services } from '../../main/services.ts';

export interface BenchDesk {
  readonly services: Services;
  run(account: string | null, tenant?: string): Run;
  close(): Promise<void>;
}

/** Services over a scratch data directory and a practice tenant elsewhere, with the practice keychain on disk. */
export async function benchDesk(origin: string): Promise<BenchDesk> {
  const directory = mkdtempSync(join(tmpdir(), 'tenant-keyring-bench-'));
  const services = await openServices({
    program: 'command line',
    language: 'en',
    dataDir: directory,
    env: {},
    platform: process.platform,
    practice: { url: origin, account: null },
    fetch,
    openBrowser: () => Promise.resolve(),
  });
  return {
    services,
    run: (account, tenant) => ({
      onProgress: () => undefined,
      confirm: () => Promise.resolve(true),
      openBrowser: (address) => followAuthorize(address, { account, fetch: practiceFetch(origin) }),
      accepted: [],
      ...(tenant === undefined ? {} : { tenant }),
    }),
    close: async () => {
      await services.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export const connectRequest = (name: string, keySize: ConnectRequest['keySize'] = 3072): ConnectRequest => ({
  name,
  appName: name,
  cloud: 'global',
  redirectUri: 'https://mailstore.example.com:8462/oidc/signin',
  profile: null,
  custody: null,
  certificate: null,
  keySize,
  validMonths: 15,
  clientId: null,
  planOnly: false,
});
