/**
 * The practice MailStore: the management interfaces of MailStore Server (Administration API) and of its Service Provider Edition
 * (Management API) over HTTPS on 127.0.0.1, and what a person clicks in MailStore Client as methods. It holds keys of its own and is
 * a real client of the practice tenant. What is known of the interfaces it follows strictly, what is our own choice says so where it
 * stands, and what it does not have it refuses in its own voice (docs/decisions/practice-mailstore.md).
 */
export { archivesPage, askPracticeArchives, practiceArchives, type PracticeArchives } from './archives.ts';
export type { ApiUser, RecordedCall } from './api.ts';
export type { Console, CredentialEntry, DirectoryEntry } from './console.ts';
export type { ArchiveInstance, FinishedRun } from './instance.ts';
export type { Dialect, ServerKind } from './metadata.ts';
export {
  startPracticeArchiveServer,
  type ArchiveServerDescription,
  type Conduct,
  type PracticeArchiveServer,
  type PracticeArchiveServerOptions,
} from './server.ts';
export { TenantRefusal } from './tenant-client.ts';
