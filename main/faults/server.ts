import type { FaultRow } from './kind.ts';

/** What can be wrong with a server that is asked through its management interface, or with how it is entered. */
export const serverFaults = {
  // how it is entered
  'server.unknown': { kind: 'input' },
  'server.name-taken': { kind: 'input' },
  'server.address-invalid': { kind: 'input' },
  'server.practice-address': { kind: 'input' },
  'server.instance-unknown': { kind: 'input' },
  'server.instance-none': { kind: 'input' },
  'server.not-linked': { kind: 'input' },
  // its certificate
  'server.certificate-untrusted': { kind: 'input' },
  'server.certificate-changed': { kind: 'check-failed' },
  // a certificate that is given as the server's
  'server.other-certificate': { kind: 'input' },
  // whether anything answers, and whether it is what was meant
  'server.unreachable': { kind: 'unreachable', retryable: true },
  'server.too-slow': { kind: 'unreachable', retryable: true },
  'server.not-https': { kind: 'input' },
  'server.foreign-answer': { kind: 'check-failed' },
  'server.kind-unclear': { kind: 'check-failed' },
  // who asks
  'server.password-missing': { kind: 'keychain' },
  'server.login-refused': { kind: 'sign-in' },
  'server.not-permitted': { kind: 'not-permitted' },
  // what it can, and what it answers
  'server.function-missing': { kind: 'check-failed' },
  'server.function-other': { kind: 'check-failed' },
  'server.instance-stopped': { kind: 'check-failed' },
  'server.call-failed': { kind: 'check-failed' },
  'server.status-unknown': { kind: 'check-failed' },
  'server.answer-unreadable': { kind: 'check-failed' },
  'server.restarted': { kind: 'unreachable', retryable: true },
  'server.synchronisation-deletes': { kind: 'not-permitted' },
} as const satisfies Record<string, FaultRow>;
