import { AuthError } from '@azure/msal-node';
import { asFault, Fault, type FaultCode } from '../faults.ts';
import { codeOfNumber, type Asked } from './aadsts.ts';
import { clockParams } from './clock-difference.ts';
import { errorOfMsal, type EntraError } from './entra-error.ts';
import type { MsalNetwork } from './msal-network.ts';
import { outageOf } from './outage.ts';

/** OAuth 2.0 error codes that come without a number (RFC 6749 §4.1.2.1, RFC 8628 §3.5). */
const codesOfWord: Readonly<Record<string, FaultCode>> = {
  access_denied: 'sign-in.cancelled',
  authorization_declined: 'sign-in.cancelled',
  expired_token: 'sign-in.timed-out',
  device_code_expired: 'sign-in.timed-out',
  loopback_server_timeout: 'sign-in.loopback-unavailable',
  invalid_loopback_server_address_type: 'sign-in.loopback-unavailable',
};

function codeOf(entra: EntraError, asked: Asked): FaultCode {
  const outage = outageOf(entra);
  if (outage !== null) return outage;
  const { error, number, detail } = entra;
  if (number !== '') return codeOfNumber(number, asked, detail);
  return codesOfWord[error] ?? (asked === 'token' ? 'token.refused' : 'sign-in.refused');
}

/** One classifier for everything that MSAL and its network give up with. */
export function signInFault(error: unknown, asked: Asked, network: MsalNetwork): Fault {
  if (error instanceof Fault) return error;
  const obstacle = network.obstacle();
  if (obstacle !== null) return obstacle.fault;
  if (!(error instanceof AuthError)) {
    return isListenError(error)
      ? new Fault('sign-in.loopback-unavailable', { params: { detail: String(error) }, cause: error })
      : asFault(error);
  }
  const entra = network.refusal() ?? errorOfMsal(error);
  const code = codeOf(entra, asked);
  const params = {
    number: entra.number === '' ? entra.error : `AADSTS${entra.number}`,
    detail: entra.detail,
    host: network.host,
    ...(code === 'token.clock' ? clockParams(network.clockDifference()) : {}),
  };
  return new Fault(code, { params, cause: error, ...(entra.correlationId === '' ? {} : { correlationId: entra.correlationId }) });
}

const isListenError = (error: unknown): boolean => error instanceof Error && 'syscall' in error && error.syscall === 'listen';
