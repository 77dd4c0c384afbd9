import type { PracticeAnswer } from '../world.ts';
import { NotSimulated } from '../not-simulated.ts';
import type { Client } from './clients.ts';
import type { Form } from './form.ts';
import { formPostPage, html } from './pages.ts';
import { refusals } from './refusals.ts';

export type ResponseType = 'code' | 'id_token';
export type ResponseMode = 'query' | 'fragment' | 'form_post';

/** What the client gets at its redirect URI, and how. */
export interface ResponseForm {
  readonly types: readonly ResponseType[];
  readonly mode: ResponseMode;
}

/**
 * `response_type`: a code, an ID token, or both ("OAuth 2.0 authorization code flow", hybrid flow; "OpenID Connect on the
 * Microsoft identity platform", "Enable ID tokens"). Refuses with 700054 and 700051 where the registration does not allow
 * the token, 70005 for what no flow has, and 900144 where an ID token lacks its nonce.
 */
function responseTypesOf(query: Form, client: Client): readonly ResponseType[] {
  const written = query.required('response_type');
  const words = new Set(written.split(' ').filter((word) => word !== ''));
  const allowed = client.application?.web?.implicitGrantSettings;
  if (words.size === 0 || [...words].some((word) => word !== 'code' && word !== 'id_token' && word !== 'token'))
    throw refusals.responseTypeUnknown(written);
  if (words.has('id_token') && allowed?.enableIdTokenIssuance !== true) throw refusals.tokenTypeOff('id_token', client);
  if (words.has('token')) {
    if (allowed?.enableAccessTokenIssuance !== true) throw refusals.tokenTypeOff('token', client);
    throw new NotSimulated('access tokens at the authorize endpoint (response_type token)');
  }
  if (words.has('id_token')) query.required('nonce');
  return (['code', 'id_token'] as const).filter((type) => words.has(type));
}

/**
 * `response_mode`: by default a code comes in the query and an ID token in the fragment; an ID token never comes in the
 * query (same pages, parameter `response_mode`). Refuses with 70007.
 */
function responseModeOf(asked: string | undefined, types: readonly ResponseType[]): ResponseMode {
  const mode = asked ?? (types.includes('id_token') ? 'fragment' : 'query');
  if (mode === 'form_post' || mode === 'fragment' || (mode === 'query' && !types.includes('id_token'))) return mode;
  throw refusals.responseModeUnknown(mode);
}

export function responseFormOf(query: Form, client: Client): ResponseForm {
  const types = responseTypesOf(query, client);
  return { types, mode: responseModeOf(query.optional('response_mode'), types) };
}

/** In which mode a refusal goes back when the form of the answer is what was wrong: the one that was asked for where there is one. */
export function modeForRefusal(query: Form): ResponseMode {
  const asked = query.optional('response_mode');
  if (asked === 'form_post' || asked === 'fragment' || asked === 'query') return asked;
  return query.optional('response_type')?.includes('id_token') === true ? 'fragment' : 'query';
}

/** The redirect URI with the fields in its query or fragment; what it carries already stays (RFC 6749 §4.1.2, §4.2.2). */
export function redirectAddress(mode: 'query' | 'fragment', redirectUri: string, fields: Readonly<Record<string, string>>): string {
  const url = new URL(redirectUri);
  if (mode === 'query') for (const [name, value] of Object.entries(fields)) url.searchParams.append(name, value);
  else url.hash = new URLSearchParams(fields).toString();
  return url.href;
}

/** Sends the fields to the client: a page that posts them, or a redirect. */
export function answerToClient(mode: ResponseMode, redirectUri: string, fields: Readonly<Record<string, string>>): PracticeAnswer {
  if (mode === 'form_post') return html(formPostPage(redirectUri, fields));
  return {
    status: 302,
    headers: { location: redirectAddress(mode, redirectUri, fields), 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
  };
}
