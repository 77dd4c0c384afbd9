import { randomUUID } from 'node:crypto';
import { fileFaults } from './faults/files.ts';
import type { FaultKind, FaultRow } from './faults/kind.ts';
import { serverFaults } from './faults/server.ts';
import { tenantFaults } from './faults/tenant.ts';
import { typedFaults } from './faults/typed.ts';

export type { FaultKind } from './faults/kind.ts';

/** The closed union of everything that crosses a boundary as an error. Texts: `fault.<code>` and `fault.<code>.fix`. */
export const faultTable = {
  ...typedFaults,
  ...tenantFaults,
  ...fileFaults,
  ...serverFaults,
  // data directory and store
  'data.no-place': { kind: 'input' },
  'data.network-path': { kind: 'input' },
  'data.not-a-folder': { kind: 'input' },
  'data.not-writable': { kind: 'input' },
  'data.full': { kind: 'input' },
  'store.newer': { kind: 'input' },
  'store.corrupted': { kind: 'input' },
  'store.backup-unknown': { kind: 'input' },
  'store.backup-damaged': { kind: 'input' },
  'store.unsettled': { kind: 'check-failed' },
  'store.row-damaged': { kind: 'check-failed' },
  'store.busy': { kind: 'unreachable', retryable: true },
  'store.changed': { kind: 'unreachable', retryable: true },
  'rotation.overlap-invalid': { kind: 'input' },
  // handover, export, removal, and states that end a run
  'input.verb.missing': { kind: 'input' },
  'input.argument.missing': { kind: 'input' },
  'input.argument.excess': { kind: 'input' },
  'input.declined': { kind: 'input' },
  'registration.ews-gone': { kind: 'not-permitted' },
  'migrate.no-ews': { kind: 'input' },
  'migrate.to-ews': { kind: 'input' },
  'migrate.unconfirmed': { kind: 'input' },
  'migrate.other-profile': { kind: 'input' },
  'migrate.mailbox-invalid': { kind: 'input' },
  'migrate.losses': { kind: 'input' },
  'migrate.not-open': { kind: 'input' },
  'migrate.not-handed-over': { kind: 'waiting' },
  'ews.not-listed': { kind: 'input' },
  'ews.sign-in-needed': { kind: 'waiting' },
  'ews.usage-unreadable': { kind: 'input' },
  'ews.result-unreadable': { kind: 'input' },
  'ews.result-other-tenant': { kind: 'input' },
  'ews.script-one-application': { kind: 'input' },
  'ews.step-not-needed': { kind: 'input' },
  'ews.step-no-object-id': { kind: 'input' },
  'handover.no-certificate': { kind: 'input' },
  'handover.not-confirmed': { kind: 'input' },
  'handover.other-thumbprint': { kind: 'input' },
  'handover.not-published': { kind: 'input' },
  'handover.key-elsewhere': { kind: 'input' },
  'handover.key-shared': { kind: 'input' },
  'handover.superseded': { kind: 'input' },
  'handover.thumbprint-needed': { kind: 'input' },
  'handover.nothing-to-undo': { kind: 'input' },
  'handover.already-used': { kind: 'input' },
  'rotation.no-certificate': { kind: 'input' },
  'rotation.certificate-needed': { kind: 'waiting' },
  'rotation.key-elsewhere': { kind: 'waiting' },
  'rotation.no-valid-certificate': { kind: 'check-failed' },
  'rotation.proof-refused': { kind: 'check-failed' },
  'rotation.object-id-unknown': { kind: 'input' },
  'rotation.overlap-too-long': { kind: 'input' },
  'rotation.nothing-to-roll-back': { kind: 'input' },
  'rotation.roll-back-external': { kind: 'input' },
  'rotation.old-unusable': { kind: 'check-failed' },
  'export.no-certificate': { kind: 'input' },
  'export.key-elsewhere': { kind: 'input' },
  'export.other-thumbprint': { kind: 'input' },
  'export.not-published': { kind: 'input' },
  'credential.client-id-needed': { kind: 'input' },
  'credential.tenant-id-needed': { kind: 'input' },
  'credential.custody-open': { kind: 'input' },
  'credential.identity-fixed': { kind: 'input' },
  'credential.certificate-of-other-custody': { kind: 'input' },
  'removal.adopted': { kind: 'not-permitted' },
  'removal.name-not-confirmed': { kind: 'input' },
  'removal.not-registered': { kind: 'input' },
  'removal.foreign-keys': { kind: 'not-permitted' },
  'restoration.sign-in-needed': { kind: 'input' },
  'state.needs-attention': { kind: 'check-failed' },
  'state.waiting-certificate': { kind: 'waiting' },
  'state.waiting-consent': { kind: 'waiting' },
  'state.waiting-replication': { kind: 'waiting' },
  'state.never-checked': { kind: 'waiting' },
  'state.not-testable': { kind: 'waiting' },
  // keychain
  'vault.unavailable': { kind: 'keychain' },
  'vault.locked': { kind: 'keychain' },
  'vault.key-missing': { kind: 'keychain' },
  'vault.undecryptable': { kind: 'keychain' },
  'vault.not-saved': { kind: 'keychain' },
  'vault.practice-only': { kind: 'keychain' },
  // administrator policies
  'policy.unreadable': { kind: 'not-permitted' },
  'policy.invalid': { kind: 'not-permitted' },
  'policy.cloud': { kind: 'not-permitted' },
  'policy.tenant': { kind: 'not-permitted' },
  'policy.key-size': { kind: 'not-permitted' },
  'policy.lifetime': { kind: 'not-permitted' },
  'policy.key-export': { kind: 'not-permitted' },
  'policy.servers': { kind: 'not-permitted' },
  'policy.server-host': { kind: 'not-permitted' },
  // newer versions of this program
  'update.failed': { kind: 'unreachable', retryable: true },
  'update.signature': { kind: 'check-failed' },
  // expiry watch
  'watch.event-log-elsewhere': { kind: 'input' },
  'watch.event-log-refused': { kind: 'not-permitted' },
  'task.elsewhere': { kind: 'input' },
  'task.portable': { kind: 'input' },
  'task.practice': { kind: 'input' },
  'task.time-invalid': { kind: 'input' },
  'task.password-missing': { kind: 'input' },
  'task.hand-out-incomplete': { kind: 'input' },
  'task.account-unknown': { kind: 'input' },
  'task.account-unsuitable': { kind: 'input' },
  'task.password-needs-terminal': { kind: 'input' },
  'task.missing': { kind: 'input' },
  'task.not-registered': { kind: 'not-permitted' },
  'task.no-logon-session': { kind: 'keychain' },
  'task.self-test-silent': { kind: 'check-failed' },
  'task.self-test-failed': { kind: 'keychain' },
  // window
  'window.sender-refused': { kind: 'bug' },
  'window.request-malformed': { kind: 'bug' },
  'window.run-unknown': { kind: 'input' },
  'window.open-elsewhere': { kind: 'input' },
  'window.plan-unknown': { kind: 'input' },
  'window.not-confirmed': { kind: 'input' },
  'program.network-path': { kind: 'input' },
  // service
  'service.unreachable': { kind: 'unreachable', retryable: true },
  'service.throttled': { kind: 'unreachable', retryable: true },
  'service.failed': { kind: 'unreachable', retryable: true },
  'service.refused': { kind: 'check-failed' },
  'service.proxy-answered': { kind: 'unreachable' },
  'service.proxy-refused': { kind: 'unreachable' },
  'service.certificate-refused': { kind: 'unreachable' },
  'service.host-refused': { kind: 'unreachable' },
  'lease.held': { kind: 'unreachable', retryable: true },
  'lease.lost': { kind: 'unreachable', retryable: true },
  // practice tenant
  'practice.address-invalid': { kind: 'input' },
  'practice.state-unreadable': { kind: 'input' },
  'practice.state-unwritable': { kind: 'input' },
  'practice.log-unwritable': { kind: 'input' },
  'practice.port-unavailable': { kind: 'input' },
  interrupted: { kind: 'unreachable', retryable: true },
  bug: { kind: 'bug' },
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
