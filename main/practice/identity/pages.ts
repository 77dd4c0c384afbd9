import { createHash } from 'node:crypto';
import type { PracticeAccount, PracticeAnswer } from '../world.ts';
import { escaped, hiddenFields, page } from './html.ts';

const submitScript = 'document.forms[0].submit()';
const scriptHash = createHash('sha256').update(submitScript).digest('base64');

/** Headers of every page: no other origin may frame it, nothing but its own one line of script runs. */
const headers: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${scriptHash}'; frame-ancestors 'none'; base-uri 'none'`,
  'referrer-policy': 'no-referrer',
};

export const html = (body: string, status = 200): PracticeAnswer => ({ status, headers, body });

export interface Chooser {
  readonly segment: string;
  /** Handle of the half-done sign-in. */
  readonly context: string;
  readonly client: string;
  /** Null where the account decides on the tenant. */
  readonly tenantName: string | null;
  readonly accounts: readonly PracticeAccount[];
  /** Who signs in when nobody says who: the first tenant's Global Administrator. */
  readonly usual: string;
}

/** The account chooser: one button per account, and a field for accounts of other directories. */
export function chooserPage({ segment, context, client, tenantName, accounts, usual }: Chooser): string {
  const buttons = accounts.map(
    ({ upn, displayName, role }) =>
      `<button class="account" name="login" value="${escaped(upn)}">${escaped(displayName)} · ${escaped(role)}<small>${escaped(upn)}</small></button>`,
  );
  return page(
    'Pick an account',
    `<p data-usual-account="${escaped(usual)}">to sign in to ${escaped(client)}${tenantName === null ? '' : ` in ${escaped(tenantName)}`}</p>
<form method="post" action="/${encodeURIComponent(segment)}/login">${hiddenFields({ ctx: context })}${buttons.join('\n')}</form>
<form class="other" method="post" action="/${encodeURIComponent(segment)}/login">${hiddenFields({ ctx: context })}<input name="login" aria-label="Another account" placeholder="Another account" required><button class="action">Next</button></form>`,
  );
}

export interface ConsentForm {
  readonly segment: string;
  readonly context: string;
  readonly client: string;
  readonly upn: string;
  readonly scopes: readonly { readonly value: string; readonly text: string }[];
  /** An account that never accepts. */
  readonly declines: boolean;
}

export function consentPage({ segment, context, client, upn, scopes, declines }: ConsentForm): string {
  const items = scopes.map(({ value, text }) => `<li>${escaped(text)}${text === value ? '' : `<small>${escaped(value)}</small>`}</li>`);
  return page(
    'Permissions requested',
    `<p>${escaped(upn)}</p><p class="name">${escaped(client)}</p><p>This app would like to:</p><ul>${items.join('')}</ul>
${declines ? '<p>This practice account always declines.</p>' : ''}
<form method="post" action="/${encodeURIComponent(segment)}/Consent/Set">${hiddenFields({ ctx: context })}<div class="actions"><button class="action" name="consent" value="cancel">Cancel</button><button class="action primary" name="consent" value="accept"${declines ? ' disabled' : ''}>Accept</button></div></form>`,
  );
}

/** Sends its fields to the client at once ("OAuth 2.0 Form Post Response Mode"). */
export const formPostPage = (action: string, fields: Readonly<Record<string, string>>): string =>
  page(
    'Working…',
    `<form method="post" action="${escaped(action)}">${hiddenFields(fields)}<div class="actions"><button class="action primary">Continue</button></div></form>`,
    submitScript,
  );

/** A form that posts to the client, or the address that a redirect would have. */
export type WayBack = { readonly action: string; readonly fields: Readonly<Record<string, string>> } | { readonly address: string };

const wayBack = (back: WayBack): string =>
  'address' in back
    ? `<p><a href="${escaped(back.address)}">Back to the application</a></p>`
    : `<form method="post" action="${escaped(back.action)}">${hiddenFields(back.fields)}<div class="actions"><button class="action primary">Back to the application</button></div></form>`;

/** A refusal the person has to read; with a way back where the client may know. */
export const errorPage = (description: string, back?: WayBack): string =>
  page('Sorry, but we’re having trouble signing you in.', `<p>${escaped(description)}</p>${back === undefined ? '' : wayBack(back)}`);

export const codePage = (): string =>
  page(
    'Enter code',
    '<p>Enter the code that your app or device shows.</p><form class="other" method="post" action="/common/oauth2/deviceauth"><input name="otc" aria-label="Code" placeholder="Code" required><button class="action primary">Next</button></form>',
  );

export const finishedPage = (text: string): string => page('Done', `<p>${escaped(text)}</p>`);
