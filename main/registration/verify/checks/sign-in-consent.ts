import { resourceAppIds } from '../../../clouds/index.ts';
import { delegatedScopes } from '../../plan/grants.ts';
import type { CheckRule } from '../check-rule.ts';
import { inRegistration } from '../seen.ts';
import { failed, passed, pending } from '../verdict.ts';

/** Consent for all users, so that nobody meets a consent prompt when signing in to the server. */
export const signInConsent: CheckRule = {
  applies: ({ profile }) => delegatedScopes(profile).length > 0,
  validate: inRegistration(({ resources, delegatedGrants, tenant }, { run, consentOutstanding }) => {
    const wanted = delegatedScopes(run.record.profile);
    const resource = resources[resourceAppIds.graph];
    const granted = delegatedGrants
      .filter((grant) => grant.resourceId === resource?.servicePrincipalId && grant.consentType === 'AllPrincipals')
      .flatMap((grant) => grant.scope.split(' '));
    const missing = wanted.filter((scope) => !granted.includes(scope)).join(' ');
    return missing === ''
      ? passed('check.sign-in-consent.passed', { tenant: tenant.displayName, scopes: wanted.join(' ') })
      : (consentOutstanding ? pending : failed)('check.sign-in-consent.missing', { scopes: missing });
  }, 'scopes'),
};
