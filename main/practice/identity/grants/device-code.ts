import type { PracticeAnswer } from '../../world.ts';
import { personRefusals } from '../person-refusals.ts';
import { personTokens } from '../person-tokens.ts';
import type { DeviceCode, Realm } from '../realm.ts';
import type { TokenRequest } from '../token-request.ts';

/** RFC 8628 §3.4. */
export const deviceCodeGrant = 'urn:ietf:params:oauth:grant-type:device_code';

/** A timer may ring a moment early. */
const tolerance = 250;

/** RFC 8628 §3.5: five seconds more for every poll that comes too early; it is answered with nothing but that. */
function isTooOften(code: DeviceCode, now: number): boolean {
  const early = code.polledAt !== null && now - code.polledAt < code.interval * 1000 - tolerance;
  code.polledAt = now;
  if (early) code.interval += 5;
  return early;
}

/** One poll (Microsoft identity platform, "OAuth 2.0 device authorization grant flow", "Expected errors"). */
export async function redeemDeviceCode({ form, request }: TokenRequest, realm: Realm): Promise<PracticeAnswer> {
  const clientId = form.required('client_id').toLowerCase();
  const handle = form.required('device_code');
  const found = realm.deviceCodes.find(handle, realm.world.now());
  if (found === undefined || found.value.clientId !== clientId) throw personRefusals.deviceCodeUnknown();
  if (found.expired) throw personRefusals.deviceCodeExpired();
  const { outcome, scope } = found.value;
  if (isTooOften(found.value, realm.world.now().getTime())) throw personRefusals.deviceCodeSlowDown();
  if (outcome.kind === 'pending') throw personRefusals.deviceCodePending();
  realm.deviceCodes.delete(handle);
  if (outcome.kind === 'declined') throw personRefusals.deviceCodeDeclined();
  return personTokens(outcome.grant, { scope, claims: form.optional('claims') }, request, realm);
}
