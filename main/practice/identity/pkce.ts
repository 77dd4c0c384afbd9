import { createHash } from 'node:crypto';
import { matchesRedirectUri, type Client } from './clients.ts';
import type { Form } from './form.ts';
import { refusals } from './refusals.ts';

/** What a code was asked for with (RFC 7636 §4.3). */
export interface CodeChallenge {
  readonly value: string;
  readonly method: 'S256' | 'plain';
}

/**
 * PKCE is recommended for every application and required for single-page ones; without a method the challenge is plain
 * ("OAuth 2.0 authorization code flow", `code_challenge`, `code_challenge_method`; RFC 7636 §4.2 for the size). Refuses
 * with 9002325 and 501491.
 */
export function codeChallengeOf(query: Form, client: Client, redirectUri: string): CodeChallenge | null {
  const value = query.optional('code_challenge');
  const method = query.optional('code_challenge_method');
  const singlePage = client.application?.spa?.redirectUris?.some((registered) => matchesRedirectUri(registered, redirectUri)) === true;
  if (value === undefined) {
    if (singlePage) throw refusals.codeChallengeMissing();
    if (method !== undefined) throw refusals.parameterMissing('code_challenge');
    return null;
  }
  if (method !== undefined && method !== 'S256' && method !== 'plain') throw refusals.codeChallengeInvalid();
  if (!/^[\w.~-]{43,128}$/.test(value)) throw refusals.codeChallengeInvalid();
  return { value, method: method ?? 'plain' };
}

/** RFC 7636 §4.6. Refuses with 501481; a verifier nobody announced is as wrong as one that is missing. */
export function checkCodeVerifier(verifier: string | undefined, challenge: CodeChallenge | null): void {
  if (challenge === null && verifier === undefined) return;
  if (challenge === null || verifier === undefined) throw refusals.codeVerifierWrong();
  const made = challenge.method === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url');
  if (made !== challenge.value) throw refusals.codeVerifierWrong();
}
