import type { Certificate } from '../../certificates/index.ts';
import type { CloudId } from '../../clouds/index.ts';
import type { Fault } from '../../faults.ts';
import type { ProfileReference, ServerReference } from '../../servers/index.ts';
import type { TextFieldName } from '../fields.ts';

/** What somebody says about a credential that exists already, field by field, as typed. */
export interface Typed extends Readonly<Record<TextFieldName, string>> {
  readonly tenant: string;
  /** Empty where only the certificate is known. */
  readonly clientId: string;
  /** The server's certificate, or the path of its file; null where only the application is known. */
  readonly certificate: Certificate | string | null;
  readonly cloud: CloudId;
  readonly profile: ProfileReference;
  /** Known from a list that was exported; a tenant's own answer takes their place. */
  readonly tenantName: string;
  readonly tenantDomain: string;
  readonly redirectUri: string | null;
  readonly server: ServerReference;
}

/** One credential that is to be added, or why its line cannot even be read. */
export interface Candidate {
  /** Line of the file, or place in the list; the first is 1. */
  readonly place: number;
  readonly typed: Typed | Fault;
}

/** A candidate that cannot be added, and why, in words. */
export interface Problem {
  readonly place: number;
  readonly sentence: string;
}

/** The candidates of one file. */
export interface CandidateFile {
  readonly path: string;
  readonly extension: 'csv' | 'json';
  readonly candidates: readonly Candidate[];
  /** A file of the same kind with these candidates alone: to be corrected and read again. */
  rejectedRows(problems: readonly Problem[]): string;
}

/** What a file does not say. */
export interface FileOptions {
  readonly cloud: CloudId;
  readonly profile: ProfileReference;
  readonly server: ServerReference;
  /** Whether the simulated tenants are open: their credentials and real ones are never in one list. */
  readonly practice: boolean;
}
