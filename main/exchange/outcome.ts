/**
 * Why Exchange Online does not let the inbox be counted.
 * - `disabled`: EWS is off for the tenant or the mailbox; Exchange does not say which
 * - `not-allowed`: EWS is on, and the tenant's list or another policy leaves this application out
 * - `no-permission`: the token carries none, and Exchange itself has given none
 * - `out-of-scope`: there is a permission, and this mailbox is not within it
 * - `no-mailbox`: the address has none
 * - `not-opened`: IMAP let the application in and opens nothing to it: full access to the mailbox is missing, or IMAP is off there
 * - `refused`: something else, in Microsoft's words
 */
export type ProbeRefusal = 'disabled' | 'not-allowed' | 'no-permission' | 'out-of-scope' | 'no-mailbox' | 'not-opened' | 'refused';

export type ProbeOutcome =
  | { readonly allowed: true; readonly messages: number }
  /** `detail` is Microsoft's own code and words. */
  | { readonly allowed: false; readonly why: ProbeRefusal; readonly detail: string };

/** Where IMAP over TLS is reached. */
export interface ImapPlace {
  readonly host: string;
  readonly port: number;
  /** Certificates (PEM) that are trusted there, and no others; left out, those that this program trusts anyway. */
  readonly roots?: string;
}
