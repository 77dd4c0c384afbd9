import type { X509Certificate } from 'node:crypto';
import type { AppManagementPolicy, AppManagementRestriction, PracticeTenant } from '../../world.ts';
import { Refusal } from '../refusal.ts';

/** The policy of the application itself replaces the tenant's default one (Microsoft Graph, "Microsoft Entra application authentication methods API overview"). */
export function policyFor(tenant: PracticeTenant, applicationId: string): AppManagementPolicy {
  return tenant.applicationPolicies[applicationId] ?? tenant.defaultAppManagementPolicy;
}

/** `keyCredentialConfiguration resource type`: enabled, and for applications created after the date it names. */
export function activeRestriction(
  policy: AppManagementPolicy,
  type: string,
  createdDateTime: string,
): AppManagementRestriction | undefined {
  if (!policy.isEnabled) return undefined;
  return policy.applicationRestrictions.keyCredentials.find(
    ({ restrictionType, state, restrictForAppsCreatedAfterDateTime: after }) =>
      restrictionType === type && state === 'enabled' && (!after || Date.parse(createdDateTime) > Date.parse(after)),
  );
}

/** An ISO 8601 duration in milliseconds, with a year of 365 and a month of 30 days as .NET reads it. */
export function durationOf(iso: string): number {
  const [whole, ...parts] = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(iso) ?? [];
  if (whole === undefined) throw new Error(`Not an ISO 8601 duration: ${iso}`);
  const seconds = [31_536_000, 2_592_000, 604_800, 86_400, 3_600, 60, 1];
  return parts.reduce((sum, part, index) => sum + Number(part ?? 0) * (seconds[index] ?? 0) * 1000, 0);
}

/**
 * `asymmetricKeyLifetime`: no certificate credential that lives longer than `maxLifetime`.
 *
 * @throws Refusal 400 `CredentialInvalidLifetimeAsPerAppPolicy`
 */
export function requireLifetime(
  policy: AppManagementPolicy,
  application: { createdDateTime: string },
  startDateTime: string,
  endDateTime: string,
): void {
  const maxLifetime = activeRestriction(policy, 'asymmetricKeyLifetime', application.createdDateTime)?.maxLifetime;
  if (!maxLifetime || Date.parse(endDateTime) - Date.parse(startDateTime) <= durationOf(maxLifetime)) return;
  const message = `Credential lifetime exceeds the max value allowed as per assigned policy '${policy.id}'.`;
  throw new Refusal(400, 'CredentialInvalidLifetimeAsPerAppPolicy', message, [{ code: 'InvalidKeyEndDate', message, target: 'EndDate' }]);
}

/**
 * `trustedCertificateAuthority`: a self-signed certificate is issued by no trusted authority. Which authorities are trusted
 * is not simulated: any certificate with an issuer of its own passes. Microsoft documents the restriction but not the
 * error code; the family of `CredentialTypeNotAllowedAsPerAppPolicy` is used.
 *
 * @throws Refusal 400 `CredentialTypeNotAllowedAsPerAppPolicy`
 */
export function requireTrustedAuthority(
  policy: AppManagementPolicy,
  application: { createdDateTime: string },
  certificate: X509Certificate,
): void {
  if (!activeRestriction(policy, 'trustedCertificateAuthority', application.createdDateTime)) return;
  if (certificate.issuer !== certificate.subject) return;
  const message = `The certificate is not issued by a trusted certificate authority as required by assigned policy '${policy.id}'.`;
  throw new Refusal(400, 'CredentialTypeNotAllowedAsPerAppPolicy', message, [
    { code: 'CredentialTypeNotAllowedAsPerAppPolicy', message, target: 'keyCredentials' },
  ]);
}
