import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { ObservedApplication, ObservedKeyCredential, ObservedPolicy, ObservedResource } from '../observed.ts';
import type { applicationShape, keyCredentialShape, policyShape, resourceShape } from './shapes.ts';

/** Graph's documentation shows hexadecimal in one place and base64 in another, so both are understood. */
function thumbprintOf(customKeyIdentifier: string | null | undefined): string | null {
  if (!customKeyIdentifier) return null;
  if (/^[0-9a-f]{40}$/i.test(customKeyIdentifier)) return customKeyIdentifier.toUpperCase();
  const bytes = Buffer.from(customKeyIdentifier, 'base64');
  return bytes.length === 20 ? bytes.toString('hex').toUpperCase() : null;
}

function hash(algorithm: 'sha1' | 'sha256', base64: string): string {
  return createHash(algorithm).update(Buffer.from(base64, 'base64')).digest('hex').toUpperCase();
}

function keyCredential(entry: z.infer<typeof keyCredentialShape>): ObservedKeyCredential {
  return {
    entry,
    displayName: entry.displayName,
    startDateTime: entry.startDateTime,
    endDateTime: entry.endDateTime,
    thumbprintSha256: entry.key ? hash('sha256', entry.key) : null,
    thumbprint: entry.key ? hash('sha1', entry.key) : thumbprintOf(entry.customKeyIdentifier),
  };
}

export function observedApplication(body: z.infer<typeof applicationShape>): ObservedApplication {
  return {
    objectId: body.id,
    clientId: body.appId,
    displayName: body.displayName,
    uniqueName: body.uniqueName,
    signInAudience: body.signInAudience,
    createdDateTime: body.createdDateTime,
    isFallbackPublicClient: body.isFallbackPublicClient === true,
    redirectUris: body.web?.redirectUris ?? [],
    spaRedirectUris: body.spa?.redirectUris ?? [],
    publicClientRedirectUris: body.publicClient?.redirectUris ?? [],
    idTokens: body.web?.implicitGrantSettings?.enableIdTokenIssuance === true,
    accessTokens: body.web?.implicitGrantSettings?.enableAccessTokenIssuance === true,
    logoutUrl: body.web?.logoutUrl ?? null,
    required: body.requiredResourceAccess,
    keyCredentials: body.keyCredentials.map(keyCredential),
  };
}

export function observedResource(body: z.infer<typeof resourceShape>): ObservedResource {
  const roles = body.appRoles.filter((role) => role.isEnabled !== false && role.allowedMemberTypes.includes('Application'));
  const scopes = body.oauth2PermissionScopes.filter((scope) => scope.isEnabled !== false);
  return {
    appId: body.appId,
    servicePrincipalId: body.id,
    displayName: body.displayName,
    roles: Object.fromEntries(roles.map((role) => [role.value, role.id])),
    scopes: Object.fromEntries(scopes.map((scope) => [scope.value, scope.id])),
  };
}

/** Seconds of year, month, week, day, hour, minute and second, as .NET counts them. */
const secondsOf = [31_536_000, 2_592_000, 604_800, 86_400, 3600, 60, 1];

/** Seconds of an ISO 8601 duration (RFC 3339, Appendix A); null for anything else. */
function durationSeconds(duration: string): number | null {
  const parts = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?$/.exec(duration);
  return parts === null ? null : parts.slice(1).reduce((sum, part, index) => sum + Number(part ?? 0) * (secondsOf[index] ?? 0), 0);
}

/**
 * An app-management policy as it applies to an application created at `createdAt`
 * (Microsoft Graph, "keyCredentialConfiguration": restrictForAppsCreatedAfterDateTime).
 */
export function observedPolicy({ id, displayName, isEnabled, ...body }: z.infer<typeof policyShape>, createdAt: Date): ObservedPolicy {
  const restrictions = (isEnabled ? body.restrictions : []).filter(
    (each) =>
      each.state !== 'disabled' &&
      (!each.restrictForAppsCreatedAfterDateTime || Date.parse(each.restrictForAppsCreatedAfterDateTime) <= createdAt.getTime()),
  );
  const limits = restrictions
    .filter((each) => each.restrictionType === 'asymmetricKeyLifetime' && each.maxLifetime)
    .map((each) => durationSeconds(each.maxLifetime ?? ''))
    .filter((seconds) => seconds !== null);
  return {
    id,
    displayName,
    maxLifetimeSeconds: limits.length === 0 ? null : Math.min(...limits),
    trustedAuthorityRequired: restrictions.some((each) => each.restrictionType === 'trustedCertificateAuthority'),
  };
}
