import { existsSync } from 'node:fs';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { Fetch } from '../../http/index.ts';
import { practiceOrigin } from '../practice-fetch.ts';
import type { PracticeServer } from '../server.ts';
import { clientPages, clientPath, type ClientPages } from './client/index.ts';
import { loadServers, saveServers } from './state-file.ts';
import { startPracticeArchiveServer, type ArchiveServerDescription, type PracticeArchiveServer } from './server.ts';

/** A practice MailStore of each kind beside practice tenants. */
export interface PracticeArchives {
  /** The MailStore Server first. */
  servers(): Promise<readonly [PracticeArchiveServer, PracticeArchiveServer]>;
  close(): Promise<void>;
}

interface Started {
  readonly servers: readonly [PracticeArchiveServer, PracticeArchiveServer];
  readonly pages: ClientPages;
  readonly save: () => void;
}

export interface PracticeArchivesOptions {
  readonly clock?: Clock;
  /** Where they are kept from one start to the next; absent = in memory only. */
  readonly statePath?: string;
}

async function start(tenants: PracticeServer, { clock, statePath }: PracticeArchivesOptions): Promise<Started> {
  const known = tenants.describe().tenants;
  const instances = known.map(({ domain }) => domain.replace(/\.example$/, ''));
  const common = { tenants: tenants.origin, ...(clock === undefined ? {} : { clock }) };
  const before = statePath === undefined ? [] : loadServers(statePath);
  const saved = (kind: 'server' | 'spe') => before.find((each) => each.kind === kind);
  const servers = await Promise.all([
    startPracticeArchiveServer({ ...common, kind: 'server', saved: saved('server') }),
    startPracticeArchiveServer({ ...common, kind: 'spe', instances, saved: saved('spe') }),
  ]);
  const save = () => {
    if (statePath !== undefined)
      saveServers(
        statePath,
        servers.map((server) => server.saved()),
      );
  };
  save();
  const mailboxOf = (tenantId: string): string => {
    const tenant = known.find(({ id }) => id.toLowerCase() === tenantId.toLowerCase());
    return tenant === undefined ? '' : `test.mailbox@${tenant.domain}`;
  };
  const pages = clientPages(servers, mailboxOf);
  return {
    servers,
    save,
    pages: async (request) => {
      const answer = await pages(request);
      if (request.method === 'POST') save();
      return answer;
    },
  };
}

/**
 * A practice MailStore Server and a Service Provider Edition with one instance for each tenant, and their pages on the tenants'
 * origin. They start when somebody asks for them first (keys for TLS take time, and most practice needs none), or at once where
 * they are kept from an earlier start.
 */
export function practiceArchives(tenants: PracticeServer, options: PracticeArchivesOptions = {}): PracticeArchives {
  let begun: Promise<Started> | null = null;
  const started = () => (begun ??= start(tenants, options));
  // What was there before may be asked at once, at its old address.
  if (options.statePath !== undefined && existsSync(options.statePath)) void started().catch(() => undefined);
  tenants.attach(clientPath, async (request) => (await started()).pages(request));
  return {
    servers: async () => (await started()).servers,
    close: async () => {
      const there = await begun?.catch(() => null);
      there?.save();
      await Promise.all((there?.servers ?? []).map((server) => server.close()));
    },
  };
}

const description = z.array(
  z.object({
    kind: z.enum(['server', 'spe']),
    url: z.string(),
    user: z.string(),
    password: z.string(),
    sha256: z.string(),
    instances: z.array(z.string()),
  }),
);

/** The page in which somebody works in the practice MailStore beside these tenants. @throws Fault practice.address-invalid */
export const archivesPage = (origin: string): string => `${practiceOrigin(origin)}${clientPath}`;

/** How the servers beside practice tenants are reached. None where these tenants have none. */
export async function askPracticeArchives(origin: string, fetch: Fetch): Promise<ArchiveServerDescription[]> {
  const response = await fetch(`${archivesPage(origin)}/servers`);
  if (!response.ok) return [];
  const read = description.safeParse(await response.json());
  return read.success ? read.data : [];
}
