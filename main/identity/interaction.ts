import type { AuthenticationResult } from '@azure/msal-node';

export interface Question {
  /** Full scope addresses of one resource. */
  readonly scopes: readonly string[];
  readonly authority: string;
  readonly claims?: string;
  /** Set when somebody signed in is asked again: no choice of account then. */
  readonly loginHint?: string;
  readonly signal?: AbortSignal;
}

/** One way to ask a person to sign in. Ends for good on cancel and time-out. */
export type Interaction = (question: Question) => Promise<AuthenticationResult>;
