import { join } from 'node:path';
import type { Cloud } from '../clouds/index.ts';
import type { ImapPlace } from '../exchange/index.ts';
import type { Fetch } from '../http/index.ts';
import {
  followAuthorize,
  practiceFetch,
  practiceImap,
  type ArchiveServerDescription,
  type PracticeArchives,
  type PracticeDescription,
} from '../practice/index.ts';
import { osKeychain, practiceKeychain, type Keychain } from '../vault/index.ts';
import type { ServicesConfig } from './config.ts';

/** In practice: the archiving servers beside the simulated tenants. */
export interface PracticeServers {
  /** The page that stands in for their client. */
  readonly page: string;
  /** How they are reached; none where these tenants have none. */
  list(): Promise<readonly ArchiveServerDescription[]>;
}

/** Where a process works: on the real clouds, or on a practice tenant. */
export interface World {
  readonly fetch: Fetch;
  readonly openBrowser: (address: string) => Promise<void>;
  readonly keychain: Keychain;
  readonly description: PracticeDescription | null;
  readonly practiceServers: PracticeServers | null;
  readonly archives: PracticeArchives | null;
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
      archives: null,
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
  const { archivesPage, askPracticeArchives, practiceArchives } = await import('../practice/mailstore/archives.ts');
  const archives = server === null ? null : practiceArchives(server, { statePath: join(directory, 'archives.json') });
  const fetch = practiceFetch(origin);
  return {
    fetch,
    openBrowser: (address) => followAuthorize(address, { account, fetch }),
    keychain: keychainOf(config, directory),
    description: server?.describe() ?? null,
    imap: () => practiceImap(origin),
    practiceServers: { page: archivesPage(origin), list: () => askPracticeArchives(origin, globalThis.fetch) },
    archives,
    close: async () => {
      await archives?.close();
      await server?.close();
    },
  };
}
