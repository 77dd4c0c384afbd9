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

/** What is known of a fault besides its texts. */
export interface FaultRow {
  readonly kind: FaultKind;
  /** True when the same call may succeed later without any change by the administrator. */
  readonly retryable?: true;
}
