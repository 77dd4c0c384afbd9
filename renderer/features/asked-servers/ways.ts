import type { TextKey } from '../../bridge/catalogue.ts';

/** What somebody can do here about a server that says nothing, by the code of its fault. */
const ways: ReadonlyMap<string, 'password' | 'certificate'> = new Map([
  ['server.password-missing', 'password'],
  ['server.login-refused', 'password'],
  ['server.certificate-changed', 'certificate'],
  ['server.certificate-untrusted', 'certificate'],
]);

/** Null where nothing but asking again helps. */
export const wayOf = (code: string | undefined): 'password' | 'certificate' | null => ways.get(code ?? '') ?? null;

/** What stands on the button. */
export const wayTexts = {
  password: 'asked.password.type',
  certificate: 'asked.certificate.look',
  again: 'asked.ask-again',
} as const satisfies Record<string, TextKey>;
