import type { CallbackResponse, OnBeforeRequestListenerDetails, WebRequest } from 'electron';

type Listener = (details: OnBeforeRequestListenerDetails, answer: (response: CallbackResponse) => void) => void;

let listener: Listener | null = null;

/** Requests of the window's session. */
export const webRequest = {
  onBeforeRequest: (given: unknown) => {
    if (typeof given !== 'function') throw new Error('the stand-in for Electron does not know filters of requests');
    listener = given as Listener;
  },
} satisfies Pick<WebRequest, 'onBeforeRequest'>;

/** Whether a request is stopped. */
export function isStopped(url: string, method: string): Promise<boolean> {
  return new Promise((resolve) => {
    if (listener === null) return resolve(false);
    const details = { url, method } as OnBeforeRequestListenerDetails;
    return listener(details, ({ cancel = false }) => resolve(cancel));
  });
}
