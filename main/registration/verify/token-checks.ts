import { resourceAppIds } from '../../clouds/index.ts';
import type { Translate } from '../../texts/index.ts';
import type { Check } from '../../credential/record.ts';
import type { Evidence, EvidenceRun, TokenEvidence, TokenResource } from './evidence.ts';
import { tokenResources } from './evidence.ts';

export interface CheckContext {
  readonly run: EvidenceRun;
  readonly evidence: Evidence;
  readonly t: Translate;
  /** A fault in the language of the run, as one sentence. */
  readonly faultSentence: (fault: unknown) => string;
  /** A key or a grant of ours is so new that tokens may not know it yet. */
  readonly replicating: boolean;
  /** Consent that a signed-in administrator could not give, and nobody has given since. */
  readonly consentOutstanding: boolean;
  /** Microsoft says about this fault: not yet, rather than no. */
  readonly isReplication: (fault: unknown) => boolean;
}

function missingRoles(context: CheckContext, resource: TokenResource, roles: readonly string[]): string[] {
  const appId = resourceAppIds[resource];
  return context.run.record.profile.permissions
    .filter((permission) => permission.type === 'Role' && permission.resourceAppId === appId)
    .map((permission) => permission.value)
    .filter((value) => !roles.includes(value));
}

/** A token names its resource by the address that was asked for, with or without a slash at its end, or by its app id. */
const isAudience = (aud: string, resource: TokenResource, address: string): boolean =>
  aud === resourceAppIds[resource] || aud.replace(/\/$/, '').toLowerCase() === address;

function roleResult(context: CheckContext): Check['result'] {
  return context.replicating || context.consentOutstanding ? 'pending' : 'failed';
}

function tokenCheck(context: CheckContext, resource: TokenResource, taken: TokenEvidence): Check {
  const { t, run } = context;
  const check = `token-${resource}` as const;
  if ('notTestable' in taken) {
    if (taken.notTestable === 'no-certificate') return { check, result: 'pending', evidence: t('check.token.no-certificate') };
    if (taken.notTestable === 'key-missing') return { check, result: 'failed', evidence: t('check.token.key-missing') };
    return { check, result: 'not-testable', evidence: t('check.token.external') };
  }
  if ('fault' in taken) {
    const pending = context.replicating && context.isReplication(taken.fault);
    return { check, result: pending ? 'pending' : 'failed', evidence: context.faultSentence(taken.fault) };
  }
  const { aud, tid, appid, roles } = taken.token.claims;
  if (tid !== run.record.tenantId || appid !== run.record.clientId) {
    return { check, result: 'failed', evidence: t('check.token.other-identity', { tenant: tid, application: appid }) };
  }
  const wanted = run.cloud[resource];
  if (!isAudience(aud, resource, wanted))
    return { check, result: 'failed', evidence: t('check.token.other-audience', { audience: aud || '–', wanted }) };
  const missing = missingRoles(context, resource, roles);
  if (missing.length > 0)
    return { check, result: roleResult(context), evidence: t('check.token.roles-missing', { roles: missing.join(', ') }) };
  const thumbprint = run.record.certificate?.thumbprint ?? '';
  return {
    check,
    result: 'passed',
    evidence: t('check.token.passed', { roles: roles.join(', ') || '–', application: appid, tenant: tid, thumbprint }),
  };
}

function readCheck({ evidence, t, faultSentence, replicating }: CheckContext): Check {
  const check = 'graph-read';
  const { read } = evidence;
  if (read === null) return { check, result: 'not-testable', evidence: t('check.graph-read.none') };
  if (read.ok) return { check, result: 'passed', evidence: t('check.graph-read.passed', { users: read.users }) };
  return { check, result: replicating ? 'pending' : 'failed', evidence: faultSentence(read.fault) };
}

/** One fresh token per resource of the profile, and one real read with it. */
export function tokenChecks(context: CheckContext): Check[] {
  const { evidence, run } = context;
  const tokens = tokenResources(run.record.profile.permissions).map((resource) =>
    tokenCheck(context, resource, evidence.tokens[resource] ?? { notTestable: 'no-certificate' }),
  );
  return run.record.custody === 'external' ? tokens : [...tokens, readCheck(context)];
}
