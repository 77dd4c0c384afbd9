import { randomUUID } from 'node:crypto';
import type { FaultKind, FaultRow } from './faults/kind.ts';

export type { FaultKind } from './faults/kind.ts';

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
  'input.credential.ambiguous': { kind: 'input' },
  'input.name.taken': { kind: 'input' },
  // fields
  'input.name.empty': { kind: 'input' },
  'input.name.too-long': { kind: 'input' },
  'input.name.control-characters': { kind: 'input' },
  'input.app-name.empty': { kind: 'input' },
  'input.client-id.not-a-guid': { kind: 'input' },
  'input.tenant.invalid': { kind: 'input' },
  'input.port.not-a-number': { kind: 'input' },
  'input.port.out-of-range': { kind: 'input' },
  'input.key-size.invalid': { kind: 'input' },
  'input.valid-months.invalid': { kind: 'input' },
  'input.fqdn.empty': { kind: 'input' },
  'input.fqdn.scheme': { kind: 'input' },
  'input.fqdn.path': { kind: 'input' },
  'input.fqdn.space': { kind: 'input' },
  'input.fqdn.port': { kind: 'input' },
  'input.fqdn.address': { kind: 'input' },
  'input.fqdn.underscore': { kind: 'input' },
  'input.fqdn.trailing-dot': { kind: 'input' },
  'input.fqdn.empty-label': { kind: 'input' },
  'input.fqdn.label-too-long': { kind: 'input' },
  'input.fqdn.too-long': { kind: 'input' },
  'input.fqdn.hyphen': { kind: 'input' },
  'input.fqdn.characters': { kind: 'input' },
  'input.redirect-uri.empty': { kind: 'input' },
  'input.redirect-uri.space': { kind: 'input' },
  'input.redirect-uri.no-scheme': { kind: 'input' },
  'input.redirect-uri.not-https': { kind: 'input' },
  'input.redirect-uri.wildcard': { kind: 'input' },
  'input.redirect-uri.fragment': { kind: 'input' },
  'input.redirect-uri.query': { kind: 'input' },
  'input.redirect-uri.user-information': { kind: 'input' },
  'input.redirect-uri.zero': { kind: 'input' },
  'input.redirect-uri.trailing-slash': { kind: 'input' },
  'input.redirect-uri.path-case': { kind: 'input' },
  'input.redirect-uri.path': { kind: 'input' },
  'input.redirect-uri.too-long': { kind: 'input' },
  'input.profile.unknown': { kind: 'input' },
  'input.profile.invalid': { kind: 'input' },
  'input.profile.id-taken': { kind: 'input' },
  'input.accept.unknown': { kind: 'input' },
  // adding credentials that exist already
  'track.file-unreadable': { kind: 'input' },
  'track.file-too-large': { kind: 'input' },
  'track.nothing-inside': { kind: 'input' },
  'track.columns-missing': { kind: 'input' },
  'track.quote-open': { kind: 'input' },
  'track.too-many-fields': { kind: 'input' },
  'track.list-invalid': { kind: 'input' },
  'track.list-newer': { kind: 'input' },
  'track.list-of-other-world': { kind: 'input' },
  'track.entry-invalid': { kind: 'input' },
  'track.tenant-id-missing': { kind: 'input' },
  'track.tenant-id-needed': { kind: 'input' },
  'track.id-or-certificate-needed': { kind: 'input' },
  'track.name-twice': { kind: 'input' },
  'track.application-twice': { kind: 'input' },
  'track.known': { kind: 'input' },
  // sign-in
  'sign-in.cancelled': { kind: 'sign-in' },
  'sign-in.timed-out': { kind: 'sign-in', retryable: true },
  'sign-in.wrong-tenant': { kind: 'sign-in' },
  'sign-in.refused': { kind: 'sign-in' },
  'sign-in.other-account': { kind: 'sign-in' },
  'sign-in.browser-failed': { kind: 'sign-in' },
  'sign-in.loopback-unavailable': { kind: 'sign-in' },
  'sign-in.tenant-unknown': { kind: 'sign-in' },
  'sign-in.wrong-cloud': { kind: 'sign-in' },
  'sign-in.account-elsewhere': { kind: 'sign-in' },
  'sign-in.personal-account': { kind: 'sign-in' },
  'sign-in.account-refused': { kind: 'sign-in' },
  'sign-in.consent-declined': { kind: 'sign-in' },
  'sign-in.consent-needed': { kind: 'not-permitted' },
  'sign-in.user-not-assigned': { kind: 'sign-in' },
  'sign-in.multi-factor': { kind: 'sign-in' },
  'sign-in.device-needed': { kind: 'sign-in' },
  'sign-in.conditional-access': { kind: 'sign-in' },
  'sign-in.tenant-security': { kind: 'sign-in' },
  'sign-in.expired': { kind: 'sign-in', retryable: true },
  'sign-in.client-unknown': { kind: 'sign-in' },
  'sign-in.client-disabled': { kind: 'sign-in' },
  'sign-in.client-unsuitable': { kind: 'sign-in' },
  // app-only token of the application
  'token.application-unknown': { kind: 'check-failed', retryable: true },
  'token.service-principal-missing': { kind: 'check-failed', retryable: true },
  'token.key-not-found': { kind: 'check-failed', retryable: true },
  'token.signature-mismatch': { kind: 'check-failed' },
  'token.key-expired': { kind: 'check-failed' },
  'token.clock': { kind: 'check-failed' },
  'token.application-disabled': { kind: 'check-failed' },
  'token.certificate-not-authorised': { kind: 'check-failed' },
  'token.public-client': { kind: 'check-failed' },
  'token.credential-refused': { kind: 'check-failed' },
  'token.resource-missing': { kind: 'check-failed' },
  'token.permissions-misconfigured': { kind: 'check-failed' },
  'token.role-missing': { kind: 'check-failed' },
  'token.reply-address': { kind: 'check-failed' },
  'token.id-tokens-off': { kind: 'check-failed' },
  'token.single-tenant': { kind: 'check-failed' },
  'token.conditional-access': { kind: 'check-failed' },
  'token.refused': { kind: 'check-failed' },
  // registration
  'registration.not-permitted': { kind: 'not-permitted' },
  'registration.foreign-key-refused': { kind: 'not-permitted' },
  'registration.application-missing': { kind: 'check-failed' },
  'registration.not-yet-replicated': { kind: 'waiting', retryable: true },
  'registration.interfered': { kind: 'check-failed', retryable: true },
  'registration.exchange-missing': { kind: 'check-failed' },
  'registration.role-missing': { kind: 'check-failed' },
  'registration.policy-lifetime': { kind: 'not-permitted' },
  'registration.policy-authority': { kind: 'not-permitted' },
  'registration.policy-refused': { kind: 'not-permitted' },
  'registration.quota-exceeded': { kind: 'not-permitted' },
  // data directory and store
  'data.no-place': { kind: 'input' },
  'data.network-path': { kind: 'input' },
  'data.not-a-folder': { kind: 'input' },
  'data.not-writable': { kind: 'input' },
  'data.full': { kind: 'input' },
  'store.newer': { kind: 'input' },
  'store.corrupted': { kind: 'input' },
  'store.busy': { kind: 'unreachable', retryable: true },
  // certificate files and written files
  'certificate.file-missing': { kind: 'input' },
  'certificate.file-is-folder': { kind: 'input' },
  'certificate.file-unreadable': { kind: 'input' },
  'certificate.file-empty': { kind: 'input' },
  'certificate.file-too-large': { kind: 'input' },
  'certificate.not-a-certificate': { kind: 'input' },
  'certificate.cut-off': { kind: 'input' },
  'certificate.pfx': { kind: 'input' },
  'certificate.private-key-inside': { kind: 'input' },
  'certificate.chain': { kind: 'input' },
  'certificate.not-rsa': { kind: 'input' },
  'certificate.key-too-small': { kind: 'input' },
  'certificate.expired': { kind: 'input' },
  'certificate.not-yet-valid': { kind: 'input' },
  'certificate.thumbprint-invalid': { kind: 'input' },
  'certificate.password-empty': { kind: 'input' },
  'certificate.password-not-ascii': { kind: 'input' },
  // Downloads folder
  'downloads.folder-unknown': { kind: 'input' },
  'downloads.folder-missing': { kind: 'input' },
  'downloads.folder-unreadable': { kind: 'input' },
  'import.key-mismatch': { kind: 'input' },
  'import.key-elsewhere': { kind: 'input' },
  'import.already-there': { kind: 'input' },
  'import.of-other-credential': { kind: 'input' },
  'import.password-wrong': { kind: 'input' },
  'import.pfx-invalid': { kind: 'input' },
  'import.pfx-without-key': { kind: 'input' },
  'import.pfx-with-keys': { kind: 'input' },
  'file.exists': { kind: 'input' },
  'file.folder-missing': { kind: 'input' },
  'file.is-folder': { kind: 'input' },
  'file.not-writable': { kind: 'input' },
  'file.disk-full': { kind: 'input' },
  'file.password-unreadable': { kind: 'input' },
  'rotation.overlap-invalid': { kind: 'input' },
  // hand-over, export, removal, and states that end a run
  'input.verb.missing': { kind: 'input' },
  'input.argument.missing': { kind: 'input' },
  'input.argument.excess': { kind: 'input' },
  'input.declined': { kind: 'input' },
  'registration.ews-gone': { kind: 'not-permitted' },
  'handover.no-certificate': { kind: 'input' },
  'handover.not-confirmed': { kind: 'input' },
  'handover.other-thumbprint': { kind: 'input' },
  'handover.not-published': { kind: 'input' },
  'handover.key-elsewhere': { kind: 'input' },
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
  'credential.client-id-needed': { kind: 'input' },
  'credential.tenant-id-needed': { kind: 'input' },
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
  // keychain
  'vault.unavailable': { kind: 'keychain' },
  'vault.locked': { kind: 'keychain' },
  'vault.key-missing': { kind: 'keychain' },
  'vault.undecryptable': { kind: 'keychain' },
  'vault.not-saved': { kind: 'keychain' },
  'vault.practice-only': { kind: 'keychain' },
  // expiry watch
  'watch.event-log-elsewhere': { kind: 'input' },
  'watch.event-log-refused': { kind: 'not-permitted' },
  'task.elsewhere': { kind: 'input' },
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
