import type { PracticeAnswer } from '../../world.ts';
import { personTokens } from '../person-tokens.ts';
import type { Realm } from '../realm.ts';
import { refusals } from '../refusals.ts';
import { findClient } from '../clients.ts';
import { findPerson } from '../people.ts';
import type { TokenRequest } from '../token-request.ts';

/**
 * Further tokens without a person, in the tenant addressed (Microsoft identity platform, "Refresh tokens": bound to user
 * and client, not to a resource or tenant). Refuses with 70000, 700082, 50020 and, for scopes not yet consented, 65001.
 */
export function redeemRefreshToken({ form, tenant, request }: TokenRequest, realm: Realm): Promise<PracticeAnswer> {
  const clientId = form.required('client_id').toLowerCase();
  const found = realm.refreshTokens.find(form.required('refresh_token'), realm.world.now());
  if (found === undefined || found.value.clientId !== clientId) throw refusals.grantMalformed('refresh_token');
  if (found.expired) throw refusals.refreshTokenExpired();
  const grant = found.value;
  const moved =
    tenant === null || tenant.id === grant.tenantId
      ? grant
      : { ...grant, tenantId: findPerson(grant.upn, tenant, findClient(clientId, tenant, realm), realm).tenant.id };
  return personTokens(moved, { scope: form.required('scope'), claims: form.optional('claims') }, request, realm);
}
