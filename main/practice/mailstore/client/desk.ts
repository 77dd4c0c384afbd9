import type { Console, MadeCertificate } from '../console.ts';
import type { ArchiveInstance } from '../instance.ts';
import type { ServerKind } from '../metadata.ts';
import type { Notice } from './page.ts';

/** One archive as somebody works at it in MailStore Client. */
export interface Desk {
  readonly kind: ServerKind;
  readonly instance: ArchiveInstance;
  readonly console: Console;
  /** Path of its pages. */
  readonly path: string;
  /** A mailbox of the tenant that a credential is for, as a suggestion. */
  readonly mailboxOf: (tenantId: string) => string;
  /** Of the dialog that is open for a new credential. */
  made: MadeCertificate | null;
  /** The credential that was created last, which directory services then have selected by default (G9). */
  created: number | null;
  notice: Notice | null;
}

export const credentialNamed = ({ instance }: Desk, id: string | number) =>
  instance.credentials.find((credential) => String(credential.id) === String(id)) ?? null;
