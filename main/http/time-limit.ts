/** Reason of a request that was given up because nothing answered in time. */
export class TimedOut extends Error {
  override readonly name = 'TimedOut';
}

/**
 * Runs one request with a signal that aborts after `ms` milliseconds or together with `signal`, whichever is first.
 * Includes reading the body, when `request` does that.
 *
 * @throws TimedOut
 */
export async function withTimeLimit<T>(
  ms: number,
  signal: AbortSignal | undefined,
  request: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const forward = () => controller.abort(signal?.reason);
  if (signal?.aborted === true) forward();
  signal?.addEventListener('abort', forward, { once: true });
  const timer = setTimeout(() => controller.abort(new TimedOut(`no answer within ${ms / 1000} s`)), ms);
  const ended = new Promise<never>((_, reject) => {
    const end = () =>
      reject(
        controller.signal.reason instanceof Error ? controller.signal.reason : new Error('aborted', { cause: controller.signal.reason }),
      );
    if (controller.signal.aborted) end();
    controller.signal.addEventListener('abort', end, { once: true });
  });
  try {
    // Not every transport listens to the signal while it connects, so the wait itself ends with it.
    return await Promise.race([request(controller.signal), ended]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', forward);
  }
}
