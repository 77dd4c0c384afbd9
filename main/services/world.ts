import { join } from 'node:path';
import type { Cloud } from '../clouds/index.ts';
import type { ImapPlace } from '../exchange/index.ts';
import type { Fetch } from '../http/index.ts';
import { followAuthorize, practiceFetch, practiceImap, type ArchivesBeside, type PracticeDescription } from '../practice/index.ts';
import { osKeychain, practiceKeychain, type Keychain } from '../vault/index.ts';
import type { ServicesConfig } from './config.ts';

/** Where a process works: on the real clouds, or on a practice tenant. */
export interface World {
  readonly fetch: Fetch;
  readonly openBrowser: (address: string) => Promise<void>;
  readonly keychain: Keychain;
  readonly description: PracticeDescription | null;
  readonly practiceServers: ArchivesBeside | null;
  /** Where IMAP of Exchange Online is. */
  readonly imap: (cloud: Cloud) => Promise<ImapPlace>;
  close(): Promise<void>;
}

export const keychainOf = ({ keychain, practice }: Pick<ServicesConfig, 'keychain' | 'practice'>, directory: string): Keychain =>
  keychain ?? (practice === null ? osKeychain() : practiceKeychain(directory));

/** The only place that knows practice from the real thing: another transport, another browser, another keychain. */
export async function openWorld(config: ServicesConfig, directory: string): Promise<World> {
  if (config.practice === null) {
    return {
      fetch: config.fetch,
      openBrowser: config.openBrowser,
      keychain: keychainOf(config, directory),
      description: null,
      practiceServers: null,
      // "POP, IMAP, and SMTP settings for Outlook.com and Microsoft 365": TLS on port 993
      imap: ({ exchange }) => Promise.resolve({ host: new URL(exchange).host, port: 993 }),
      close: () => Promise.resolve(),
    };
  }
  const { url, account } = config.practice;
  // Who works on real tenants never reads the simulated ones.
  const server =
    url === null
      ? await (await import('../practice/server.ts')).startPractice({ port: 0, statePath: join(directory, 'tenants.json') })
      : null;
  const origin = server?.origin ?? url ?? '';
  const { archivesBeside, practiceArchives } = await import('../practice/mailstore/archives.ts');
  const practiceServers = archivesBeside(
    origin,
    server === null ? null : practiceArchives(server, { statePath: join(directory, 'archives.json') }),
  );
  const fetch = practiceFetch(origin);
  return {
    fetch,
    openBrowser: (address) => followAuthorize(address, { account, fetch }),
    keychain: keychainOf(config, directory),
    description: server?.describe() ?? null,
    imap: () => practiceImap(origin),
    practiceServers,
    close: async () => {
      await practiceServers.here?.close();
      await server?.close();
    },
  };
}
