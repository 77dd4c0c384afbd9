import type { CertificateSide, Check, CheckName } from '../../credential/record.ts';
import type { Observed } from '../observed.ts';
import { delegatedScopes } from '../plan/grants.ts';
import { resourceAppIds } from '../../clouds/index.ts';
import type { CheckContext } from './token-checks.ts';

type Validate = (context: CheckContext, observed: Observed) => Omit<Check, 'check'>;

const passed = (evidence: string) => ({ result: 'passed', evidence }) as const;
const failed = (evidence: string) => ({ result: 'failed', evidence }) as const;

const dates = ({ notBefore, notAfter }: CertificateSide) => `${notBefore.slice(0, 10)} – ${notAfter.slice(0, 10)}`;

const iso = (time: string) => new Date(time).toISOString();

/** G11: the entry in the tenant against our certificate, by the hash of the whole DER and both dates. */
const keyCredential: Validate = ({ run, t }, { application, at }) => {
  const ours = run.record.certificate;
  if (ours === null) return { result: 'pending', evidence: t('check.key-credential.waiting') };
  const here: CertificateSide = { thumbprint: ours.thumbprint, notBefore: ours.notBefore, notAfter: ours.notAfter };
  const entries = application?.keyCredentials.filter((key) => key.thumbprintSha256 === ours.thumbprintSha256) ?? [];
  const [entry] = entries;
  if (entry === undefined)
    return { ...failed(t('check.key-credential.missing', { thumbprint: ours.thumbprint })), compared: { here, there: null } };
  const there: CertificateSide = {
    thumbprint: entry.thumbprint ?? '',
    notBefore: iso(entry.startDateTime),
    notAfter: iso(entry.endDateTime),
  };
  const compared = { here, there };
  if (entries.length > 1)
    return { ...failed(t('check.key-credential.twice', { thumbprint: ours.thumbprint, count: entries.length })), compared };
  if (Date.parse(ours.notAfter) <= Date.parse(at))
    return { ...failed(t('check.key-credential.expired', { thumbprint: ours.thumbprint, end: ours.notAfter })), compared };
  const shown = { here: `${here.thumbprint}, ${dates(here)}`, there: `${there.thumbprint}, ${dates(there)}` };
  return { ...passed(t('check.key-credential.passed', shown)), compared };
};

const redirectUri: Validate = ({ run, t }, { application }) => {
  const uri = run.record.redirectUri ?? '';
  if (application?.redirectUris.includes(uri)) return passed(t('check.redirect-uri.passed', { uri }));
  return failed(t('check.redirect-uri.missing', { uri, found: application?.redirectUris.join(', ') || '–' }));
};

const idTokens: Validate = ({ t }, { application }) => {
  if (!application?.idTokens) return failed(t('check.id-tokens.off'));
  return application.accessTokens ? failed(t('check.id-tokens.access-tokens-on')) : passed(t('check.id-tokens.passed'));
};

const logoutUrl: Validate = ({ t }, { application }) =>
  application?.logoutUrl ? failed(t('check.logout-url.set', { url: application.logoutUrl })) : passed(t('check.logout-url.passed'));

const servicePrincipal: Validate = ({ t }, { servicePrincipal: principal }) => {
  if (principal === null) return failed(t('check.service-principal.missing'));
  if (!principal.accountEnabled) return failed(t('check.service-principal.disabled'));
  return principal.assignmentRequired
    ? failed(t('check.service-principal.assignment-required'))
    : passed(t('check.service-principal.passed', { id: principal.id }));
};

function rolesGranted(context: CheckContext, observed: Observed): Omit<Check, 'check'> {
  const { run, t } = context;
  const wanted = run.record.profile.permissions.filter((permission) => permission.type === 'Role');
  const missing = wanted.filter((permission) => {
    const resource = observed.resources[permission.resourceAppId];
    const roleId = resource?.roles[permission.value];
    return !observed.roleGrants.some((grant) => grant.resourceId === resource?.servicePrincipalId && grant.appRoleId === roleId);
  });
  if (missing.length === 0)
    return passed(
      t('check.roles-granted.passed', { tenant: observed.tenant.displayName, roles: wanted.map((each) => each.value).join(', ') }),
    );
  const evidence = t('check.roles-granted.missing', { roles: missing.map((each) => each.value).join(', ') });
  return { result: context.consentOutstanding ? 'pending' : 'failed', evidence };
}

function signInConsent(context: CheckContext, observed: Observed): Omit<Check, 'check'> {
  const wanted = delegatedScopes(context.run.record.profile);
  const resource = observed.resources[resourceAppIds.graph];
  const granted = observed.delegatedGrants
    .filter((grant) => grant.resourceId === resource?.servicePrincipalId && grant.consentType === 'AllPrincipals')
    .flatMap((grant) => grant.scope.split(' '));
  const missing = wanted.filter((scope) => !granted.includes(scope));
  if (missing.length === 0)
    return passed(context.t('check.sign-in-consent.passed', { tenant: observed.tenant.displayName, scopes: wanted.join(' ') }));
  const evidence = context.t('check.sign-in-consent.missing', { scopes: missing.join(' ') });
  return { result: context.consentOutstanding ? 'pending' : 'failed', evidence };
}

function validates(context: CheckContext): [CheckName, Validate][] {
  const { record } = context.run;
  const signIn: [CheckName, Validate][] =
    record.redirectUri === null
      ? []
      : [
          ['redirect-uri', redirectUri],
          ['id-tokens', idTokens],
          ['logout-url', logoutUrl],
        ];
  const consent: [CheckName, Validate][] = delegatedScopes(record.profile).length === 0 ? [] : [['sign-in-consent', signInConsent]];
  return [
    ['key-credential', keyCredential],
    ...signIn,
    ['roles-granted', rolesGranted],
    ...consent,
    ['service-principal', servicePrincipal],
  ];
}

/** The registration itself. A check that one replica fails and another just passed is still being replicated. */
export function registrationChecks(context: CheckContext): Check[] {
  const { view, administratorView } = context.evidence;
  return validates(context).map(([check, validate]): Check => {
    if (view.observed === null) {
      if (check === 'key-credential' && context.run.record.certificate === null)
        return { check, result: 'pending', evidence: context.t('check.key-credential.waiting') };
      return { check, result: 'not-testable', evidence: context.t(`check.view.${view.reason}`) };
    }
    if (view.observed.application === null)
      return {
        check,
        result: 'failed',
        evidence: context.t('check.application-missing', { clientId: context.run.record.clientId ?? '–' }),
      };
    const verdict = validate(context, view.observed);
    const behind =
      verdict.result === 'failed' &&
      view.by === 'credential' &&
      administratorView !== null &&
      validate(context, administratorView).result === 'passed';
    return { check, ...verdict, ...(behind ? { result: 'pending' } : {}) };
  });
}
