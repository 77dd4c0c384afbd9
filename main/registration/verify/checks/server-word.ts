import type { Fault } from '../../../faults.ts';
import type { HeldCredential, ServerHeld, ServerWord } from '../../../mailstore/index.ts';
import type { ServerContext } from '../check-rule.ts';
import { notTestable, type Verdict } from '../verdict.ts';

/** A server that could not be asked decides nothing: its fault is the reason. */
export const untestable = ({ code, params }: Fault): Verdict => ({
  result: 'not-testable',
  evidence: { code: `fault.${code}`, params },
});

/**
 * The one of several with the same ids that counts: the one that directory services use.
 *
 * @returns null where there is none, or no telling which
 */
export function heldOf({ held, directory }: ServerHeld): HeldCredential | null {
  const [only, ...more] = held;
  if (only === undefined || more.length === 0) return only ?? null;
  return 'value' in directory ? (held.find(({ id }) => id === directory.value.credentialId) ?? null) : null;
}

/** What a check of the server's word is given. */
export interface Asked {
  readonly word: ServerWord;
  /** Name of the server. */
  readonly server: string;
  readonly context: ServerContext;
}

/** A check of what the server says. */
export const inServer =
  (validate: (asked: Asked) => Verdict) =>
  (context: ServerContext): Verdict => {
    const { server } = context;
    if (server === null) return notTestable('check.server.unknown');
    return 'fault' in server ? untestable(server.fault) : validate({ word: server.word, server: server.server, context });
  };

/**
 * The same of the credential there; `server-credential` says where it is missing. While its certificate is waited for, somebody is in
 * the middle of entering it: nothing that is not there yet has failed.
 */
export const ofHeld = (validate: (held: HeldCredential, asked: Asked) => Verdict) =>
  inServer((asked) => {
    const held = heldOf(asked.word);
    if (held === null) return notTestable('check.server.no-credential', { server: asked.server });
    const verdict = validate(held, asked);
    const waiting = asked.context.run.record.certificate === null;
    return waiting && verdict.result === 'failed' ? { ...verdict, result: 'not-testable' } : verdict;
  });
