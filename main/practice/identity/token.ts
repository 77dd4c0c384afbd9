import { NotSimulated } from '../not-simulated.ts';
import type { PracticeAnswer, PracticeRequest } from '../world.ts';
import { formOf } from './form.ts';
import { redeemCode } from './grants/authorization-code.ts';
import { clientCredentials } from './grants/client-credentials.ts';
import { deviceCodeGrant, redeemDeviceCode } from './grants/device-code.ts';
import { redeemRefreshToken } from './grants/refresh-token.ts';
import type { Realm } from './realm.ts';
import { refusals } from './refusals.ts';
import { tenantOfSegment } from './tenants.ts';

/** `POST /{tenant}/oauth2/v2.0/token`. */
export async function tokenEndpoint(segment: string, request: PracticeRequest, realm: Realm): Promise<PracticeAnswer> {
  const form = formOf(request);
  const grantType = form.required('grant_type');
  const asked = { form, segment, tenant: tenantOfSegment(segment, realm), request };
  switch (grantType) {
    case 'authorization_code':
      return redeemCode(asked, realm);
    case 'refresh_token':
      return redeemRefreshToken(asked, realm);
    case 'client_credentials':
      return clientCredentials(asked, realm);
    case deviceCodeGrant:
    case 'device_code':
      return redeemDeviceCode(asked, realm);
    case 'password':
    case 'urn:ietf:params:oauth:grant-type:jwt-bearer':
    case 'urn:ietf:params:oauth:grant-type:saml1_1-bearer':
    case 'urn:ietf:params:oauth:grant-type:saml2-bearer':
      throw new NotSimulated(`the grant type ${grantType}`);
    default:
      throw refusals.grantTypeUnknown(grantType);
  }
}
