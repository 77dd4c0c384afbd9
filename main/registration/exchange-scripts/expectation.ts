import type { CredentialRecord } from '../../credential/index.ts';
import { scopedRoles, scopeName } from './rbac.ts';
import type { ExchangeResult } from '../exchange-result.ts';

/** What a script should have come to. */
export type ExpectationName =
  | 'changed'
  | 'application'
  | 'service-principal'
  | 'ews-enabled'
  | 'ews-listed'
  | 'mailbox-access'
  | 'imap-enabled'
  | 'scope'
  | 'roles'
  | 'only-scope';

export interface Expectation {
  readonly expected: ExpectationName;
  readonly met: boolean;
  /** What is not as expected: addresses, roles, ids; empty where it is met. */
  readonly otherwise: readonly string[];
}

const expectation = (expected: ExpectationName, otherwise: readonly string[]): Expectation => ({
  expected,
  met: otherwise.length === 0,
  otherwise,
});

/** An object id that is none of the enterprise application's is taken by Exchange, and does not work. */
const principal = (known: { readonly objectId: string } | null, expected: string): Expectation =>
  expectation('service-principal', known?.objectId === expected ? [] : [known?.objectId ?? expected]);

const sameScope = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

function afterwards(result: ExchangeResult, { servicePrincipalId, profile }: CredentialRecord): Expectation[] {
  if (result.kind === 'losses') return [];
  const { appId } = result;
  if (result.kind === 'allow-list') {
    const { ewsEnabled, ewsAllowedAppIds } = result.after;
    return [
      expectation('ews-listed', ewsAllowedAppIds.includes(appId) ? [] : [appId]),
      expectation('ews-enabled', ewsEnabled === true ? [] : [String(ewsEnabled)]),
    ];
  }
  const known = principal(result.after.servicePrincipal, servicePrincipalId?.toLowerCase() ?? result.objectId);
  if (result.kind === 'imap') {
    const { mailboxes } = result.after;
    const addresses = (list: typeof mailboxes) => list.map(({ address }) => address);
    return [
      known,
      expectation('mailbox-access', addresses(mailboxes.filter(({ fullAccess }) => !fullAccess))),
      expectation('imap-enabled', addresses(mailboxes.filter(({ found, imapEnabled }) => found && !imapEnabled))),
    ];
  }
  const { scope, assigned, held } = result.after;
  const wanted = scopedRoles(profile).map(({ role }) => role);
  const besides = held.filter((each) => wanted.includes(each.role) && !sameScope(each.scope, scopeName(appId)));
  return [
    known,
    expectation('scope', scope !== null && sameScope(scope.name, scopeName(appId)) ? [] : [scope?.name ?? scopeName(appId)]),
    expectation(
      'roles',
      wanted.filter((role) => !assigned.includes(role)),
    ),
    // What it has with another scope opens those mailboxes too.
    expectation(
      'only-scope',
      besides.map(({ role, scope: other }) => `${role} (${other})`),
    ),
  ];
}

/**
 * Whether a script has done what was expected of it: only what the script itself read afterwards counts, and a run with -WhatIf has done
 * nothing.
 *
 * @param record the credential whose application the result names; null where none is
 */
export function expectationsOf(result: ExchangeResult, record: CredentialRecord | null): Expectation[] {
  if (result.kind === 'losses') return [];
  if (record === null) return [expectation('application', [result.appId])];
  const found = afterwards(result, record);
  return result.whatIf && found.some(({ met }) => !met) ? [expectation('changed', ['-WhatIf']), ...found] : found;
}
