/** Node's code of a failed system call, e.g. `EACCES`; the message where there is none. For the `reason` of a fault. */
export function systemErrorCode(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
