import { createHash } from 'node:crypto';
import { z } from 'zod';

/**
 * Windows caps one credential blob at 2,560 bytes (CRED_MAX_CREDENTIAL_BLOB_SIZE), so a longer value is split over
 * entries `<account>/1`, `<account>/2`, … and the account's own entry becomes a header that says what belongs together.
 */
export const longestEntry = 2400;

const header = z.strictObject({
  format: z.literal(1),
  parts: z.int().min(2),
  length: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

export type SecretHeader = z.infer<typeof header>;

/** What to write under the account itself, and the numbered parts: none when the value fits. */
export function split(value: string): { readonly head: string; readonly parts: readonly string[] } {
  if (value.length <= longestEntry) return { head: value, parts: [] };
  const parts = Array.from({ length: Math.ceil(value.length / longestEntry) }, (_, index) =>
    value.slice(index * longestEntry, (index + 1) * longestEntry),
  );
  return {
    head: JSON.stringify({ format: 1, parts: parts.length, length: value.length, sha256: sha256(value) } satisfies SecretHeader),
    parts,
  };
}

/** The header an account's entry is; null when the entry is the value itself. Throws on a header of unknown form. */
export function readHeader(head: string): SecretHeader | null {
  return head.startsWith('{') ? header.parse(JSON.parse(head)) : null; // base64 never begins with a brace
}

/** The value the parts make; null when one is missing or does not belong to the others, which its hash tells. */
export function join(expected: SecretHeader, parts: readonly (string | null)[]): string | null {
  const value = parts.join('');
  return sha256(value) === expected.sha256 ? value : null;
}

export function partAccount(account: string, number: number): string {
  return `${account}/${number}`;
}

function sha256(value: string): string {
  return createHash('sha256').update(value).digest('hex');
}
