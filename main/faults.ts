import { randomUUID } from 'node:crypto';

/**
 * What kind of end a fault is. The command line turns the kind into its exit code, the window into its picture;
 * a new code therefore only has to say which kind it is.
 */
export type FaultKind =
  | 'input' // the person typed or chose something that cannot be used
  | 'sign-in' // sign-in failed, was refused or cancelled, or led to another tenant
  | 'not-permitted' // role, policy or consent forbids it
  | 'check-failed' // the tenant or the credential is not as it should be
  | 'keychain' // the operating system's keychain cannot be used
  | 'unreachable' // network, service or lease: trying later may work
  | 'waiting' // for a certificate, for consent, for replication
  | 'bug';

interface FaultRow {
  readonly kind: FaultKind;
  /** True when the same call may succeed later without any change by the administrator. */
  readonly retryable?: true;
}

/** The closed union of everything that crosses a boundary as an error. Texts: `fault.<code>` and `fault.<code>.fix`. */
export const faultTable = {
  // command line
  'input.usage': { kind: 'input' },
  'input.verb.unknown': { kind: 'input' },
  'input.option.unknown': { kind: 'input' },
  'input.option.value-missing': { kind: 'input' },
  'input.option.value-invalid': { kind: 'input' },
  'input.option.missing': { kind: 'input' },
  'input.option.conflict': { kind: 'input' },
  'input.confirmation-needed': { kind: 'input' },
  'input.tenant-needed': { kind: 'input' },
  'input.credential.unknown': { kind: 'input' },
  'input.profile.unknown': { kind: 'input' },
  'input.profile.invalid': { kind: 'input' },
  // sign-in
  'sign-in.cancelled': { kind: 'sign-in' },
  'sign-in.timed-out': { kind: 'sign-in', retryable: true },
  'sign-in.wrong-tenant': { kind: 'sign-in' },
  'sign-in.refused': { kind: 'sign-in' },
  // registration
  'registration.not-permitted': { kind: 'not-permitted' },
  'registration.foreign-key-refused': { kind: 'not-permitted' },
  'registration.application-missing': { kind: 'check-failed' },
  'registration.same-name': { kind: 'input' },
  'registration.not-yet-replicated': { kind: 'waiting', retryable: true },
  'registration.interfered': { kind: 'check-failed', retryable: true },
  'registration.exchange-missing': { kind: 'check-failed' },
  'registration.role-missing': { kind: 'check-failed' },
  'registration.policy-lifetime': { kind: 'not-permitted' },
  'registration.policy-authority': { kind: 'not-permitted' },
  'registration.policy-refused': { kind: 'not-permitted' },
  // keychain
  'vault.unavailable': { kind: 'keychain' },
  'vault.locked': { kind: 'keychain' },
  'vault.key-missing': { kind: 'keychain' },
  // service
  'service.unreachable': { kind: 'unreachable', retryable: true },
  'service.throttled': { kind: 'unreachable', retryable: true },
  'service.failed': { kind: 'unreachable', retryable: true },
  'service.refused': { kind: 'check-failed' },
  'service.proxy-answered': { kind: 'unreachable' },
  'lease.held': { kind: 'unreachable', retryable: true },
  'interrupted': { kind: 'unreachable', retryable: true },
  'bug': { kind: 'bug' },
} as const satisfies Record<string, FaultRow>;

export type FaultCode = keyof typeof faultTable;
export type FaultParams = Readonly<Record<string, string | number>>;

export interface FaultOptions {
  readonly params?: FaultParams;
  readonly cause?: unknown;
  /** Microsoft's correlation or request id where there is one; else a new one that finds the log line. */
  readonly correlationId?: string;
}

/** The only error that features throw across their boundary. */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly code: FaultCode;
  readonly params: FaultParams;
  readonly correlationId: string;

  constructor(code: FaultCode, options: FaultOptions = {}) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.params = options.params ?? {};
    this.correlationId = options.correlationId ?? randomUUID();
  }

  get kind(): FaultKind {
    return faultTable[this.code].kind;
  }

  get retryable(): boolean {
    return (faultTable[this.code] as FaultRow).retryable === true;
  }
}

/** An unexpected exception is a bug and says so; a fault stays what it is. */
export function asFault(error: unknown): Fault {
  return error instanceof Fault ? error : new Fault('bug', { cause: error, params: { detail: String(error) } });
}
