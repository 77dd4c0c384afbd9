/**
 * The operating system's keychain under one service name. Values are short strings; splitting long ones over
 * several entries is the business of the secret store above it.
 *
 * Every method throws `Fault('vault.unavailable')` or `Fault('vault.locked')`; nothing falls back to another place.
 */
export interface Keychain {
  get(account: string): Promise<string | null>;
  set(account: string, value: string): Promise<void>;
  /** True when there was an entry. */
  delete(account: string): Promise<boolean>;
  accounts(): Promise<readonly string[]>;
}
