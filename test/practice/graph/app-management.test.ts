import { expect, test } from 'vitest';
import { durationOf } from '../../../main/practice/graph/rules/app-management.ts';
import type { AppManagementPolicy, AppManagementRestriction } from '../../../main/practice/world.ts';
import { certificate, entry } from './certificates.ts';
import { codes, practice, type Practice, registered } from './world.ts';

const yearLong = certificate();
const issued = certificate({ notBefore: '2026-11-24T09:50:00Z', notAfter: '2027-11-24T09:50:00Z', issuer: 'Contoso CA' });

function policy(restriction: Partial<AppManagementRestriction>, isEnabled = true): AppManagementPolicy {
  return {
    id: '33333333-3333-4333-8333-333333333333',
    isEnabled,
    applicationRestrictions: {
      keyCredentials: [{ restrictionType: 'asymmetricKeyLifetime', state: 'enabled', maxLifetime: 'P180D', ...restriction }],
    },
  };
}

function publish(defaultPolicy: AppManagementPolicy, key = yearLong.key, prepare: (here: Practice, id: string) => void = () => undefined) {
  const here = practice();
  here.tenant.defaultAppManagementPolicy = defaultPolicy;
  const { id } = registered(here);
  prepare(here, id);
  return here.send('PATCH', `/applications/${id}`, { keyCredentials: [entry(key)] });
}

test('a certificate that lives longer than the policy allows is refused', () => {
  const answer = publish(policy({}));
  expect(codes(answer)).toEqual([400, 'CredentialInvalidLifetimeAsPerAppPolicy', 'InvalidKeyEndDate']);
  expect(JSON.stringify(answer.body)).toContain('"target":"EndDate"');
});

test.each<[string, AppManagementPolicy]>([
  ['a longer lifetime', policy({ maxLifetime: 'P365D' })],
  ['a disabled policy', policy({}, false)],
  ['a disabled restriction', policy({ state: 'disabled' })],
  ['applications created later only', policy({ restrictForAppsCreatedAfterDateTime: '2026-11-24T10:00:01Z' })],
])('%s lets it pass', (_, defaultPolicy) => {
  expect(publish(defaultPolicy).status).toBe(204);
});

test('a policy for applications created after an earlier date applies', () => {
  expect(publish(policy({ restrictForAppsCreatedAfterDateTime: '2026-11-24T09:59:59Z' })).status).toBe(400);
});

test('the policy of the application replaces the default one, both ways', () => {
  const own = (replacement: AppManagementPolicy) => (here: Practice, id: string) =>
    void (here.tenant.applicationPolicies[id] = replacement);
  expect(publish(policy({}), yearLong.key, own(policy({}, false))).status).toBe(204);
  expect(publish(policy({}, false), yearLong.key, own(policy({}))).status).toBe(400);
});

test('a creating request is validated too', () => {
  const here = practice();
  here.tenant.defaultAppManagementPolicy = policy({});
  expect(codes(here.send('POST', '/applications', { displayName: 'x', keyCredentials: [entry(yearLong.key)] }))[1]).toBe(
    'CredentialInvalidLifetimeAsPerAppPolicy',
  );
});

test('a self-signed certificate is refused where a trusted authority is demanded, an issued one is not', () => {
  const trusted = policy({ restrictionType: 'trustedCertificateAuthority', maxLifetime: null });
  expect(codes(publish(trusted))[1]).toBe('CredentialTypeNotAllowedAsPerAppPolicy');
  expect(publish(trusted, issued.key).status).toBe(204);
});

test('policies are read with Policy.Read.All and a role that may read them', () => {
  const here = practice();
  const { id } = registered(here);
  const { call, administrator, delegated, person } = here;
  expect(here.get('/policies/defaultAppManagementPolicy').body).toMatchObject({
    isEnabled: false,
    applicationRestrictions: { passwordCredentials: [], keyCredentials: [] },
  });
  expect(
    codes(
      call({ ...administrator, scopes: ['Application.Read.All', 'Directory.Read.All'] }, 'GET', '/policies/defaultAppManagementPolicy'),
    ),
  ).toEqual([403, 'Authorization_RequestDenied']);
  expect(call(delegated(person.user, []), 'GET', '/policies/defaultAppManagementPolicy').status).toBe(403);
  expect(here.get(`/applications/${id}/appManagementPolicies`).body['value']).toEqual([]);
  here.tenant.applicationPolicies[id] = policy({});
  expect(here.get(`/applications/${id}/appManagementPolicies?$select=id,isEnabled`).body['value']).toEqual([
    { id: '33333333-3333-4333-8333-333333333333', isEnabled: true },
  ]);
});

test.each([
  ['P365D', 365 * 86_400],
  ['P1Y', 365 * 86_400],
  ['P2M', 60 * 86_400],
  ['P1W', 7 * 86_400],
  ['PT1H30M5S', 5405],
  ['P4DT12H', 4.5 * 86_400],
])('%s is %d seconds', (iso, seconds) => {
  expect(durationOf(iso)).toBe(seconds * 1000);
});
