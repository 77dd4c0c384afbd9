import type { DeviceCode } from '../identity/session.ts';

export type { DeviceCode } from '../identity/session.ts';

/** A code that is typed on another device, in the place of the browser on this one (RFC 8628). */
export interface CodeInstead {
  /** Aborted when a code is wanted: from the start, or while the browser is waited for. */
  readonly wanted: AbortSignal;
  /** Called with every code: once for the sign-in, and again when more has to be agreed to. */
  readonly show: (code: DeviceCode) => void;
}
