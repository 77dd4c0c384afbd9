import { refused, type FieldCheck } from './field-check.ts';

/** A TCP port (RFC 6335): 1 to 65535. */
export function checkPort(typed: string): FieldCheck<number> {
  const text = typed.trim();
  if (!/^\d+$/.test(text)) return refused('input.port.not-a-number', { value: typed });
  const value = Number(text);
  return value >= 1 && value <= 65_535 ? { ok: true, value } : refused('input.port.out-of-range', { value: text });
}

const sizes = [2048, 3072, 4096] as const;
export type KeySize = (typeof sizes)[number];

/** Bits of the RSA key. Microsoft Entra ID takes RSA certificates only. */
export function checkKeySize(typed: string): FieldCheck<KeySize> {
  const value = sizes.find((size) => String(size) === typed.trim());
  return value === undefined ? refused('input.key-size.invalid', { value: typed, allowed: sizes.join(', ') }) : { ok: true, value };
}

/** Three years: longer ones meet nearly every tenant policy, and nobody remembers them. */
export const longestValidity = 36;

/** Months a new certificate is valid. */
export function checkValidMonths(typed: string): FieldCheck<number> {
  const text = typed.trim();
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > longestValidity)
    return refused('input.valid-months.invalid', { value: typed, limit: longestValidity });
  return { ok: true, value };
}
