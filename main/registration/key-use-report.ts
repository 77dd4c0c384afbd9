/** An earlier certificate of the credential that is still published, and when Microsoft last saw a sign-in with it. */
export interface KeyUse {
  readonly thumbprint: string;
  readonly keyId: string;
  /** ISO 8601 UTC; null where the report has no sign-in with it. */
  readonly lastSignInAt: string | null;
}

/** Evidence for the person who decides about an old key; or, in one sentence, why it cannot be read here. */
export type KeyUseReport = { readonly keys: readonly KeyUse[] } | { readonly unreadable: string };
