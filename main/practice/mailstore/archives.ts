import { existsSync } from 'node:fs';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
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
  // Where another process has taken their place by now, these are a copy that is not kept.
  const kept = before.length === 0 || servers.every((server) => before.some(({ port }) => port === server.saved().port));
  const save = () => {
    if (statePath === undefined || !kept) return;
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

/** The servers that stand beside practice tenants, wherever these run. */
export interface ArchivesBeside {
  /** The page that stands in for their client. */
  readonly page: string;
  /** Those that run inside this process; null where they do elsewhere. */
  readonly here: PracticeArchives | null;
  /** How they are reached; none where these tenants have none. */
  list(): Promise<readonly ArchiveServerDescription[]>;
}

/** @param origin of the tenants @throws Fault practice.address-invalid */
export function archivesBeside(origin: string, here: PracticeArchives | null): ArchivesBeside {
  const page = `${practiceOrigin(origin)}${clientPath}`;
  return {
    page,
    here,
    list: async () => {
      const response = await fetch(`${page}/servers`);
      return response.ok ? (description.safeParse(await response.json()).data ?? []) : [];
    },
  };
}
