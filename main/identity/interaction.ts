import type { AuthenticationResult } from '@azure/msal-node';
import { Fault } from '../faults.ts';
import type { MsalNetwork } from './msal-network.ts';

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

/**
 * Asks, and once more where Entra takes the answer back with claims that a policy of the tenant wants: multi-factor
 * authentication for the resource, or an authentication context ("Claims challenges, claims requests and client
 * capabilities").
 */
export async function askPerson(interaction: Interaction, question: Question, network: MsalNetwork): Promise<AuthenticationResult> {
  network.reset();
  try {
    return await interaction(question);
  } catch (error) {
    const claims = network.refusal()?.claims ?? '';
    if (error instanceof Fault || claims === '' || claims === question.claims) throw error;
    network.reset();
    return interaction({ ...question, claims });
  }
}
