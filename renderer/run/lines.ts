import type { SetupEvent } from '../../preload/contract.ts';

/** One line of what is happening; `attempts`: how often it was waited for before it was done. */
export type Line = Omit<Extract<SetupEvent, { kind: 'line' }>, 'kind'> & { readonly attempts?: number };
export type Account = Omit<Extract<SetupEvent, { kind: 'signed-in' }>, 'kind'>;
export type Code = Omit<Extract<SetupEvent, { kind: 'code' }>, 'kind'>;
export type Preview = Omit<Extract<SetupEvent, { kind: 'preview' }>, 'kind'>;

export interface RunEvent {
  readonly run: string;
  readonly event: SetupEvent;
}

const passes = (line: Line) => line.outcome === 'doing' || line.outcome === 'waiting';

/** What is going on takes the place of what was going on; what is done stays, and with it how often it was waited for. */
export function withLine(lines: readonly Line[], line: Line): readonly Line[] {
  const last = lines.at(-1);
  if (last === undefined || !passes(last)) return [...lines, line.outcome === 'waiting' ? { ...line, attempts: 1 } : line];
  const before = last.attempts ?? 0;
  const attempts = line.outcome === 'waiting' ? before + 1 : before;
  return [...lines.slice(0, -1), attempts === 0 ? line : { ...line, attempts }];
}

/** Changes that were made or refused; the certificate and the sign-out are no changes of the tenant. */
export const changesDone = (lines: readonly Line[]): number =>
  lines.filter((line) => !passes(line) && !['sign-in', 'certificate', 'sign-out', ''].includes(line.step)).length;

/** What stays done when a run ends early: neither signing in nor signing out. */
export const doneIn = (lines: readonly Line[]): readonly Line[] =>
  lines.filter((line) => line.outcome === 'done' && !['sign-in', 'sign-out'].includes(line.step));
