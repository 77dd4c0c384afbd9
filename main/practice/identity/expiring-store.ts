import { randomBytes } from 'node:crypto';

interface Entry<T> {
  readonly value: T;
  readonly expires: number;
}

/**
 * Short-lived things behind handles nobody can guess: codes, refresh tokens, half-done sign-ins. An expired entry is
 * remembered for an hour, so that "expired" and "never existed" stay two answers.
 */
export class ExpiringStore<T> {
  readonly #entries = new Map<string, Entry<T>>();
  readonly #prefix: string;
  readonly #lifetime: number;

  /** `lifetime` in milliseconds. */
  constructor(prefix: string, lifetime: number) {
    this.#prefix = prefix;
    this.#lifetime = lifetime;
  }

  add(value: T, now: Date): string {
    const time = now.getTime();
    for (const [handle, { expires }] of this.#entries) {
      if (expires + 3_600_000 > time) break; // insertion order is expiry order
      this.#entries.delete(handle);
    }
    const handle = `${this.#prefix}${randomBytes(32).toString('base64url')}`;
    this.#entries.set(handle, { value, expires: time + this.#lifetime });
    return handle;
  }

  /** Undefined = unknown; `expired` where its time is over. */
  find(handle: string, now: Date): { readonly value: T; readonly expired: boolean } | undefined {
    const entry = this.#entries.get(handle);
    return entry && { value: entry.value, expired: entry.expires <= now.getTime() };
  }

  delete(handle: string): void {
    this.#entries.delete(handle);
  }

  /** Everything whose time is not over. */
  current(now: Date): T[] {
    return [...this.#entries.values()].filter(({ expires }) => expires > now.getTime()).map(({ value }) => value);
  }
}
