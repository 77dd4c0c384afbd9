import type { Channel, EventName, EventValue, Input, KeyringBridge, Outcome, Output } from '../../preload/contract.ts';

declare global {
  interface Window {
    /** Put there by the preload script. */
    readonly keyring: KeyringBridge;
  }
}

/** Asks the main process. What went wrong is an outcome, never a rejection. */
export function request<C extends Channel>(channel: C, input: Input<C>): Promise<Outcome<Output<C>>> {
  return window.keyring.request(channel, input);
}

/** @returns its own unsubscribe */
export function subscribe<E extends EventName>(event: E, listener: (value: EventValue<E>) => void): () => void {
  return window.keyring.subscribe(event, listener);
}
