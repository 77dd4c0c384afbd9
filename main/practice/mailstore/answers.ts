/** The eight keys of every answer of a function and of get-status. */
export interface Envelope {
  readonly error: { readonly message: string; readonly details: string } | null;
  readonly token: string | null;
  readonly statusVersion: number;
  readonly statusCode: string;
  readonly percentProgress: number | null;
  readonly statusText: string | null;
  readonly result: unknown;
  readonly logOutput: string | null;
}

/** An answer over HTTP: an envelope, get-metadata's bare list, or nothing but a status. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Refuses a call, in the form of the interface. */
export class CallRefusal extends Error {
  override readonly name = 'CallRefusal';
  /** HTTP status; refusals recorded so far came with 200. */
  readonly status: number;

  constructor(message: string, status = 200) {
    super(message);
    this.status = status;
  }
}

/** What is not simulated is said in words that MailStore never uses. */
export const notSimulated = (what: string): CallRefusal => new CallRefusal(`The practice MailStore does not have ${what}.`, 501);

const empty = { error: null, token: null, percentProgress: null, statusText: null, result: null, logOutput: null };

/** `statusVersion` is 2 in the immediate answers that were recorded. */
export const succeeded = (result: unknown): Envelope => ({ ...empty, statusVersion: 2, statusCode: 'succeeded', result });

/** `details` is a stack trace of .NET there: nobody should show or keep it, so here too it holds what must not get out. */
export const failed = (message: string): Envelope => ({
  ...empty,
  error: { message, details: `System.Exception: ${message}\r\n   at MailStore.Practice.Internal.Invoke(String secret)` },
  statusVersion: 2,
  statusCode: 'failed',
});
