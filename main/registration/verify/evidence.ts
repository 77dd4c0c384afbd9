import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { shiftedClock, type Clock } from '../../clock.ts';
import { resourceAppIds, type Cloud } from '../../clouds/index.ts';
import { GraphFailure, isOutage, shaped, type Directory } from '../../directory/index.ts';
import { Fault } from '../../faults.ts';
import { noticedDifference } from '../../identity/clock-difference.ts';
import type { AppOnlyToken, Identity } from '../../identity/session.ts';
import type { MailProbes } from '../../exchange/index.ts';
import type { ProfilePermission } from '../../servers/index.ts';
import type { CredentialRecord } from '../../credential/record.ts';
import type { EwsSwitch } from '../exchange-result.ts';
import type { Desired } from '../desired.ts';
import type { Observed } from '../observed.ts';
import { observe } from '../observe/index.ts';
import { gatherMail, type MailEvidence } from './mail.ts';

export type TokenResource = 'graph' | 'exchange';

export type TokenEvidence =
  { readonly token: AppOnlyToken } | { readonly fault: Fault } | { readonly notTestable: 'external' | 'no-certificate' | 'key-missing' };

/** What was seen of the registration, by whom; `reason` when nobody who may look was there. */
export type View =
  | { readonly observed: Observed; readonly by: 'credential' | 'administrator' }
  | { readonly observed: null; readonly reason: 'external' | 'no-token' | 'not-permitted' };

export interface Evidence {
  readonly tokens: Readonly<Partial<Record<TokenResource, TokenEvidence>>>;
  /** Outcome of one real read with the credential's own Graph token; null = no role of the profile allows one. */
  readonly read: { readonly ok: true; readonly users: number } | { readonly ok: false; readonly fault: GraphFailure } | null;
  readonly view: View;
  /** Null where no mailbox was named. */
  readonly mail: MailEvidence | null;
  /** What the administrator's session read back after the last write, where one is signed in. */
  readonly administratorView: Observed | null;
}

export interface EvidenceRun {
  readonly identity: Identity;
  readonly cloud: Cloud;
  readonly record: CredentialRecord;
  readonly desired: Desired;
  /** Null: custody external, no certificate yet, or lost from the keychain. */
  readonly privateKey: KeyObject | null;
  /** Microsoft Graph seen with this app-only token. */
  readonly directoryWith: (accessToken: string) => Directory;
  readonly administratorView: Observed | null;
  /** The one mailbox whose messages are counted, by its address; null: none is touched. */
  readonly mailbox: string | null;
  readonly probes: MailProbes;
  /** What an Exchange administrator has read of the tenant's switch for EWS; null while nobody has. */
  readonly ewsSwitch: EwsSwitch | null;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
}

/** Resources of the profile that need a token of their own, Graph first. */
export function tokenResources(permissions: readonly ProfilePermission[]): TokenResource[] {
  const exchange = permissions.some((permission) => permission.type === 'Role' && permission.resourceAppId === resourceAppIds.exchange);
  return exchange ? ['graph', 'exchange'] : ['graph'];
}

const usersShape = z.object({ value: z.array(z.object({ id: z.string() })) });

const userReaders: ReadonlySet<string> = new Set(['Directory.Read.All', 'User.Read.All']);

async function takeToken(run: EvidenceRun, resource: TokenResource): Promise<TokenEvidence> {
  const { certificate, custody, clientId, tenantId } = run.record;
  if (custody === 'external') return { notTestable: 'external' };
  if (certificate === null || clientId === null) return { notTestable: 'no-certificate' };
  if (run.privateKey === null) return { notTestable: 'key-missing' };
  const privateKey = run.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const request = { cloud: run.cloud, tenantId, clientId, thumbprintSha256: certificate.thumbprintSha256, privateKey, resource };
  try {
    return { token: await run.identity.appOnlyToken(run.signal ? { ...request, signal: run.signal } : request) };
  } catch (error) {
    // What Entra did not decide is no evidence, neither way.
    if (!(error instanceof Fault) || error.kind === 'unreachable') throw error;
    return { fault: error };
  }
}

async function readUsers(directory: Directory, signal?: AbortSignal): Promise<NonNullable<Evidence['read']>> {
  try {
    const { value } = shaped(usersShape, await directory.read('/users?$top=1&$select=id', signal));
    return { ok: true, users: value.length };
  } catch (error) {
    if (error instanceof GraphFailure && !isOutage(error)) return { ok: false, fault: error };
    throw error;
  }
}

/** What has ended is validated by Microsoft's time, as far as it was told. */
async function ownView(run: EvidenceRun, directory: Directory, { clockDifference }: AppOnlyToken): Promise<View> {
  const clock = shiftedClock(run.clock, noticedDifference(clockDifference));
  try {
    const observed = await observe(directory, run.desired, run.record, clock, run.signal);
    return { observed, by: 'credential' };
  } catch (error) {
    if (error instanceof GraphFailure && (error.kind === 'forbidden' || error.kind === 'unauthenticated'))
      return { observed: null, reason: 'not-permitted' };
    throw error;
  }
}

async function countedMail(run: EvidenceRun, tokens: Evidence['tokens']): Promise<MailEvidence | null> {
  const { mailbox, probes, directoryWith, record, signal } = run;
  if (mailbox === null) return null;
  const given = (resource: TokenResource) => {
    const taken = tokens[resource];
    return taken !== undefined && 'token' in taken ? { accessToken: taken.token.accessToken, roles: taken.token.claims.roles } : null;
  };
  const question = {
    mailbox,
    profile: record.profile,
    tokens: { graph: given('graph'), exchange: given('exchange') },
    directoryWith,
    probes,
  };
  return gatherMail(signal ? { ...question, signal } : question);
}

/**
 * Gathers the evidence: a fresh app-only token per resource of the profile, one real read with it, and the registration
 * as the credential itself sees it (else as the signed-in administrator does). Mailboxes are never read; the one that was named is
 * counted.
 *
 * @throws GraphFailure and Fault of kind `unreachable` where a service did not answer, Fault('interrupted')
 */
export async function gatherEvidence(run: EvidenceRun): Promise<Evidence> {
  const resources = tokenResources(run.record.profile.permissions);
  const taken = await Promise.all(resources.map(async (resource) => [resource, await takeToken(run, resource)] as const));
  const tokens: Evidence['tokens'] = Object.fromEntries(taken);
  const { administratorView } = run;
  const fallback = (reason: 'external' | 'no-token' | 'not-permitted'): View =>
    administratorView === null ? { observed: null, reason } : { observed: administratorView, by: 'administrator' };
  const graph = tokens.graph;
  if (graph === undefined || !('token' in graph)) {
    const view = fallback(run.record.custody === 'external' ? 'external' : 'no-token');
    return { tokens, read: null, view, mail: await countedMail(run, tokens), administratorView };
  }
  const directory = run.directoryWith(graph.token.accessToken);
  const mayReadUsers = graph.token.claims.roles.some((role) => userReaders.has(role));
  const [read, own, mail] = await Promise.all([
    mayReadUsers ? readUsers(directory, run.signal) : null,
    ownView(run, directory, graph.token),
    countedMail(run, tokens),
  ]);
  return { tokens, read, view: own.observed === null ? fallback(own.reason) : own, mail, administratorView };
}
