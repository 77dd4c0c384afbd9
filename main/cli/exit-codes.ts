import { faultTable, type FaultCode, type FaultKind } from '../faults.ts';
import type { CredentialState } from '../credential/record.ts';

/** Documented in README; scheduled tasks rely on them. */
export const exitCodes = {
  done: 0,
  bug: 1,
  input: 2,
  'sign-in': 3,
  'not-permitted': 4,
  'check-failed': 5,
  expiring: 6,
  expired: 7,
  keychain: 8,
  unreachable: 9,
  waiting: 10,
} as const satisfies Record<FaultKind | 'done' | 'expiring' | 'expired', number>;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export function exitCodeOf(code: FaultCode): ExitCode {
  return exitCodes[faultTable[code].kind];
}

/** The fault a verified state stands for; null when all is well. */
export function stateFault(state: CredentialState): FaultCode | null {
  switch (state) {
    case 'proven':
    case 'set-up':
    case 'confirmed':
      return null;
    case 'needs-attention':
      return 'state.needs-attention';
    case 'waiting-certificate':
      return 'state.waiting-certificate';
    case 'waiting-consent':
      return 'state.waiting-consent';
    case 'waiting-replication':
      return 'state.waiting-replication';
    case 'never-checked':
      return 'state.never-checked';
    default: {
      const never: never = state;
      return never;
    }
  }
}

/** Worst first, for a run over many credentials. */
const severity: readonly ExitCode[] = [1, 2, 8, 3, 4, 5, 7, 9, 6, 10, 0];

export function worst(codes: readonly ExitCode[]): ExitCode {
  return severity.find((code) => codes.includes(code)) ?? exitCodes.done;
}
