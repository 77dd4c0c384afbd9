import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { FaultView, Output } from '../../../preload/contract.ts';
import { request } from '../../bridge/bridge.ts';

export type ServerWord = Output<'server:ask'>;

/** Milliseconds between the end of one question and the next one, while somebody works in the server. */
const pause = 4000;
/** The same where it did not answer. */
const longPause = 30_000;

/** Asking again would change nothing before somebody does; a server locks out who tries a wrong password again and again. */
const stops: ReadonlySet<string> = new Set([
  'server.login-refused',
  'server.not-permitted',
  'server.password-missing',
  'server.certificate-changed',
  'server.certificate-untrusted',
  'server.not-linked',
  'server.unknown',
  'policy.servers',
  'policy.server-host',
]);

export interface Asked {
  readonly word: ServerWord | null;
  readonly fault: FaultView | null;
  readonly busy: boolean;
  /** Nothing more is asked until somebody does. */
  readonly stopped: boolean;
  /** Asks now, and goes on from there. */
  readonly ask: () => void;
}

/**
 * What the server says of a credential, asked on request, or again and again while it is shown.
 *
 * @param following whether it is asked by itself; one question ends before the next begins
 */
export function useServerWord(credential: string, following: boolean, onWord: (word: ServerWord) => void): Asked {
  const [state, setState] = useState<Omit<Asked, 'ask'>>({ word: null, fault: null, busy: false, stopped: false });
  const flying = useRef(false);
  const timer = useRef<ReturnType<typeof globalThis.setTimeout>>(undefined);
  const left = useRef(false);
  const ask = useEffectEvent(async () => {
    if (flying.current || left.current) return;
    flying.current = true;
    globalThis.clearTimeout(timer.current);
    setState((was) => ({ ...was, busy: true }));
    const outcome = await request('server:ask', { credential });
    flying.current = false;
    if (left.current) return;
    const fault = outcome.ok ? outcome.value.fault : outcome.fault;
    const stopped = fault !== null && stops.has(fault.code);
    setState((was) => ({ word: outcome.ok ? outcome.value : was.word, fault, busy: false, stopped }));
    if (outcome.ok) onWord(outcome.value);
    if (following && !stopped) timer.current = globalThis.setTimeout(() => void ask(), fault === null ? pause : longPause);
  });
  useEffect(() => {
    left.current = false;
    if (following) void ask();
    return () => {
      left.current = true;
      globalThis.clearTimeout(timer.current);
    };
  }, [credential, following]);
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    if (asked > 0) void ask();
  }, [asked]);
  return { ...state, ask: useCallback(() => setAsked((count) => count + 1), []) };
}
