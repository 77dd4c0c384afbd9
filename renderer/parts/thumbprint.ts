/** `A94F 12C0 …` in groups of four, as people compare it. */
export function groupedThumbprint(hex: string): string {
  return hex.match(/.{1,4}/g)?.join(' ') ?? hex;
}

/** First and last digits, e.g. `A94F12C0…7E21`. */
export function shortThumbprint(hex: string): string {
  return hex.length <= 16 ? hex : `${hex.slice(0, 8)}…${hex.slice(-4)}`;
}
