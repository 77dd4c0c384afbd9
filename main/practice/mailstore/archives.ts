import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { Fetch } from '../../http/index.ts';
import { practiceOrigin } from '../practice-fetch.ts';
import type { PracticeServer } from '../server.ts';
import { clientPages, clientPath, type ClientPages } from './client/index.ts';
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
}

async function start(tenants: PracticeServer, clock: Clock | undefined): Promise<Started> {
  const known = tenants.describe().tenants;
  const instances = known.map(({ domain }) => domain.replace(/\.example$/, ''));
  const common = { tenants: tenants.origin, ...(clock === undefined ? {} : { clock }) };
  const servers = await Promise.all([
    startPracticeArchiveServer({ ...common, kind: 'server' }),
    startPracticeArchiveServer({ ...common, kind: 'spe', instances }),
  ]);
  const mailboxOf = (tenantId: string): string => {
    const tenant = known.find(({ id }) => id.toLowerCase() === tenantId.toLowerCase());
    return tenant === undefined ? '' : `test.mailbox@${tenant.domain}`;
  };
  return { servers, pages: clientPages(servers, mailboxOf) };
}

/**
 * A practice MailStore Server and a Service Provider Edition with one instance for each tenant, and their pages on the tenants'
 * origin. They start when somebody asks for them first: keys for TLS take time, and most practice needs none.
 */
export function practiceArchives(tenants: PracticeServer, clock?: Clock): PracticeArchives {
  let begun: Promise<Started> | null = null;
  const started = () => (begun ??= start(tenants, clock));
  tenants.attach(clientPath, async (request) => (await started()).pages(request));
  return {
    servers: async () => (await started()).servers,
    close: async () => {
      const there = await begun?.catch(() => null);
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
