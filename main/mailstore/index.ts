/**
 * The client of MailStore's two management interfaces: the Administration API of MailStore Server and the Management API of its
 * Service Provider Edition. It connects to a server whose certificate somebody accepted, finds out what it offers, and reads: which
 * credentials it holds, which one directory services use, how its runs of archiving ended. It writes nothing there.
 */
export { addressText, addressUrl, isLoopback, parseAddress, usualPort, type ServerAddress } from './address.ts';
export type { ArchivingProfile, DirectoryServices, FinishedRun, HeldCredential, ServerInstance } from './archive.ts';
export { connectToServer, type ConnectRequest, type ServerConnection } from './connection.ts';
export type { ServerKind } from './discovery.ts';
export { readHistory, type ArchiveHistory } from './history.ts';
export { emptySince, failingRuns, isFailing, summaryOf, type RunSummary } from './runs.ts';
export { lookAtCertificate, type ShownCertificate } from './tls-certificate.ts';
export {
  anyRunningInstance,
  readArchives,
  readInstances,
  readOverview,
  runningInstance,
  type ArchiveOverview,
  type InstanceOverview,
  type ShownCredential,
} from './overview.ts';
export { readHoldings, type ArchiveHoldings, type InstanceHoldings } from './holdings.ts';
export { recordServer, type Recording } from './recorder.ts';
export type { ServerRecord } from './server-record.ts';
export { createServerStore, type ServerStore } from './server-store.ts';
export { openServers } from './open-servers.ts';
export { createServers, type NewServer, type PasswordComparison, type PasswordPlace, type ServerPatch, type Servers } from './servers.ts';
export {
  createLinkedServers,
  type KnownLink,
  type LinkedServers,
  type ServerEvidence,
  type ServerHeld,
  type ServerWord,
  type SoughtCredential,
} from './linked-servers.ts';
export { createServerLinks, type ServerLinks } from './links.ts';
