import type { ReadAnswer } from '../../directory/directory.ts';

export type Answers = Readonly<Record<string, ReadAnswer<unknown> | undefined>>;

/** The value of a read that must answer; 404 gives null, any other failure is the caller's. */
export function found(answers: Answers, name: string): unknown {
  const answer = answers[name];
  if (answer === undefined) return null;
  if (answer.ok) return answer.value;
  if (answer.failure.kind === 'not-found' || answer.failure.kind === 'not-replicated') return null;
  throw answer.failure;
}

/** As `found`, but an identity that may not read it gives null too. */
export function readable(answers: Answers, name: string): unknown {
  const answer = answers[name];
  return answer !== undefined && !answer.ok && answer.failure.kind === 'forbidden' ? null : found(answers, name);
}
