import { randomInt } from 'node:crypto';
import { cloudsOf } from '../hosts.ts';
import type { PracticeAnswer, PracticeRequest } from '../world.ts';
import { findClient } from './clients.ts';
import { formOf } from './form.ts';
import { accountsAt, asksMultiFactor, usualAccount } from './people.ts';
import { chooserPage, codePage, html } from './pages.ts';
import { personRefusals } from './person-refusals.ts';
import type { DeviceCode, Realm } from './realm.ts';
import { parseScopes } from './scopes.ts';
import { tenantOfSegment } from './tenants.ts';

/** Entra's alphabet: capital letters and digits that are not mistaken for each other. */
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const userCode = (): string => Array.from({ length: 9 }, () => letters.charAt(randomInt(letters.length))).join('');

/**
 * `POST /{tenant}/oauth2/v2.0/devicecode` (Microsoft identity platform, "OAuth 2.0 device authorization grant flow"). The
 * one address that is not Microsoft's: a person opens it in a browser, and Microsoft's page must not get a practice code.
 */
export function deviceCodeEndpoint(segment: string, request: PracticeRequest, realm: Realm): PracticeAnswer {
  const form = formOf(request);
  const tenant = tenantOfSegment(segment, realm);
  const client = findClient(form.required('client_id'), tenant, realm);
  const scope = form.required('scope');
  parseScopes(scope, cloudsOf(request));
  const code: DeviceCode = {
    userCode: userCode(),
    tenantSegment: segment,
    clientId: client.appId,
    scope,
    multiFactor: asksMultiFactor(form.optional('claims')),
    interval: 5,
    polledAt: null,
    outcome: { kind: 'pending' },
  };
  const address = `${realm.origin()}/common/oauth2/deviceauth`;
  return {
    status: 200,
    headers: { 'cache-control': 'no-store' },
    body: {
      user_code: code.userCode,
      device_code: realm.deviceCodes.add(code, realm.world.now()),
      verification_uri: address,
      expires_in: 900,
      interval: code.interval,
      message: `To sign in, use a web browser to open the page ${address} and enter the code ${code.userCode} to authenticate.`,
    },
  };
}

export const deviceAuthPage = (): PracticeAnswer => html(codePage());

/** `POST /common/oauth2/deviceauth`: the code of the device, then the ordinary pages. */
export function deviceAuthEndpoint(request: PracticeRequest, realm: Realm): PracticeAnswer {
  const typed = formOf(request).required('otc').trim().toUpperCase();
  const device = realm.deviceCodes.current(realm.world.now()).find((code) => code.userCode === typed && code.outcome.kind === 'pending');
  if (device === undefined) throw personRefusals.deviceCodeUnknown();
  const tenant = tenantOfSegment(device.tenantSegment, realm);
  const client = findClient(device.clientId, tenant, realm);
  const context = realm.pending.add(
    {
      tenantSegment: device.tenantSegment,
      clientId: device.clientId,
      scope: device.scope,
      prompt: null,
      multiFactor: device.multiFactor,
      chosen: null,
      answer: { to: 'device', device },
    },
    realm.world.now(),
  );
  return html(
    chooserPage({
      segment: device.tenantSegment,
      context,
      client: client.displayName,
      tenantName: tenant?.displayName ?? null,
      accounts: accountsAt(tenant, realm),
      usual: usualAccount(realm),
    }),
  );
}
