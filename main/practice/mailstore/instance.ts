import type { KeyObject } from 'node:crypto';
import type { Certificate } from '../../certificates/index.ts';

/** What the Credential Manager keeps: this server's own key, which it never gives out. */
export interface HeldCredential {
  readonly id: number;
  name: string;
  clientId: string;
  tenantId: string;
  certificate: Certificate;
  privateKey: KeyObject;
}

/** Fields of the answer of GetDirectoryServicesConfiguration for Microsoft 365 (recorded, SPE 25.3.1). */
export interface DirectoryServices {
  type: 'office365OpenIDConnect';
  credentialId: number;
  licensedExchangeOnlineUsersOnly: boolean;
  enabledUsersOnly: boolean;
  groups: string[] | null;
  redirectUrl: string;
  deleteUsers: boolean;
}

/** By what a profile archives. */
export const protocols = ['EWS', 'Graph', 'IMAP'] as const;
export type Protocol = (typeof protocols)[number];

/** An archiving profile for one mailbox of Microsoft 365. */
export interface ArchivingProfile {
  readonly id: number;
  readonly name: string;
  readonly credentialId: number;
  /** User principal name. */
  readonly mailbox: string;
  /** By what it archives, and what its `details` say of it; null = by what the credential permits, and they say nothing. */
  readonly protocol: Protocol | null;
}

/** One row of GetWorkerResults; times in milliseconds since 1970, the answer writes them in the server's zone. */
export interface FinishedRun {
  readonly id: number;
  readonly profileId: number | null;
  readonly profileName: string | null;
  /** A word of the interface; a test may put one there that nobody knows. */
  readonly result: string;
  readonly itemsArchived: number;
  readonly startedAt: number;
  readonly completedAt: number;
  /** What GetWorkerResultReport tells of it. */
  readonly report: string;
}

export interface ArchiveUser {
  readonly userName: string;
  readonly fullName: string;
}

/** One archive: the whole of a MailStore Server, or one instance of a Service Provider Edition. */
export interface ArchiveInstance {
  /** Empty on a MailStore Server, which has one archive. */
  readonly id: string;
  status: 'running' | 'stopped';
  /** Service provider access; without it the functions of the instance refuse. */
  archiveAdminEnabled: boolean;
  readonly credentials: HeldCredential[];
  /** Null = the internal user list alone. */
  directoryServices: DirectoryServices | null;
  readonly profiles: ArchivingProfile[];
  readonly runs: FinishedRun[];
  readonly users: ArchiveUser[];
}

export const emptyInstance = (id: string): ArchiveInstance => ({
  id,
  status: 'running',
  archiveAdminEnabled: true,
  credentials: [],
  directoryServices: null,
  profiles: [],
  runs: [],
  users: [{ userName: 'admin', fullName: 'Administrator' }],
});

/** The next number of a list whose numbers are never used again while it lasts. */
export const nextId = (list: readonly { readonly id: number }[]): number => Math.max(0, ...list.map(({ id }) => id)) + 1;
