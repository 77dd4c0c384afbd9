import type { CredentialRecord, Custody } from '../../credential/index.ts';
import type { ServerEvidence } from '../../mailstore/index.ts';
import type { Observed } from '../observed.ts';
import type { Part } from '../observe/behind.ts';
import type { Evidence, EvidenceRun } from './evidence.ts';
import type { Verdict } from './verdict.ts';

export interface CheckContext {
  readonly run: EvidenceRun;
  readonly evidence: Evidence;
  /** What the server that holds the credential says; null where none is known. */
  readonly server: ServerEvidence | null;
  /** A key or a grant of ours is so new that tokens may not know it yet. */
  readonly replicating: boolean;
  /** What of this view does not show yet what was written from here lately. */
  readonly behind: (view: Observed) => ReadonlySet<Part>;
  /** Consent that a signed-in administrator could not give, and nobody has given since. */
  readonly consentOutstanding: boolean;
}

/** As much of it as the checks of a server need. */
export interface ServerContext {
  readonly run: Pick<EvidenceRun, 'record' | 'clock'>;
  readonly server: CheckContext['server'];
}

/** A check of what the server says, which needs nothing else. */
export interface ServerRule extends CheckRule {
  readonly validate: (context: ServerContext) => Verdict;
}

/** One check of the proof. Its name in `checks/index.ts` is also that of its texts: `check.<name>.name`, `check.<name>.…`. */
export interface CheckRule {
  /** Whether a credential has this check at all; `linked` where the server that holds it can be asked. */
  readonly applies: (record: CredentialRecord, linked?: boolean) => boolean;
  /** Passed only on evidence; what nobody can see is not testable, what Microsoft still replicates is pending. */
  readonly validate: (context: CheckContext) => Verdict;
  /** In this custody nothing is called done before it has passed. */
  readonly decisiveIn?: Custody;
  /** What passed is evidence that the application reads mail. */
  readonly aboutMail?: true;
  /** What passed proves the credential, whatever cannot be tested from here: the server that holds the key has worked with it. */
  readonly proves?: true;
  /** Step of the server's sheet that is seen to be done once it passed. */
  readonly sheet?: string;
}
