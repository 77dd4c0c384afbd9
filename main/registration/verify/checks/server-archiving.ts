import { isFailing, type FinishedRun, type HeldCredential, type ServerWord } from '../../../mailstore/index.ts';
import { isMoving } from '../../migration.ts';
import type { ServerRule } from '../check-rule.ts';
import { failed, notTestable, passed, type Verdict } from '../verdict.ts';
import { ofHeld, untestable, type Asked } from './server-word.ts';

/**
 * The runs that are known to use this credential. A profile does not say which one it uses, as far as is known; so it is the only
 * one of Microsoft 365 there, and the profile archives from there.
 */
function ownRuns(runs: readonly FinishedRun[], profiles: ReadonlySet<number>): FinishedRun[] {
  return runs.filter(({ profileId }) => profileId !== null && profiles.has(profileId)).toSorted((one, other) => other.id - one.id);
}

function validateRuns({ credentials, profiles, runs }: ServerWord, held: HeldCredential, { server, context }: Asked): Verdict {
  if (held.thumbprint !== context.run.record.certificate?.thumbprint)
    return notTestable('check.server-archiving.other-certificate', { server });
  if ('fault' in runs) return untestable(runs.fault);
  if ('fault' in profiles) return untestable(profiles.fault);
  if (runs.value === null) return notTestable('check.server-archiving.no-clock', { server });
  if (credentials.length > 1) return notTestable('check.server-archiving.several', { server, count: credentials.length });
  const fromMicrosoft = new Set(profiles.value.flatMap(({ id, microsoft365 }) => (microsoft365 ? [id] : [])));
  if (fromMicrosoft.size === 0) return notTestable('check.server-archiving.no-profile', { server });
  const since = ownRuns(runs.value.since, fromMicrosoft);
  const [last] = since;
  const told = (run: FinishedRun) => ({
    server,
    run: run.id,
    result: run.result,
    count: run.itemsArchived,
    time: run.completedAt.replace('T', ' '),
  });
  if (last !== undefined && isFailing(last)) {
    const firstGood = since.findIndex((run) => !isFailing(run));
    const failing = firstGood < 0 ? since : since.slice(0, firstGood);
    const first = failing.at(-1) ?? last;
    return failed('check.server-archiving.failing', { ...told(last), since: first.completedAt.replace('T', ' '), runs: failing.length });
  }
  const archived = since.find(({ itemsArchived }) => itemsArchived > 0);
  if (archived !== undefined && isMoving(context.run.record)) return notTestable('check.server-archiving.both-ways', told(archived));
  if (archived !== undefined) return passed('check.server-archiving.passed', told(archived));
  if (last !== undefined) return notTestable('check.server-archiving.nothing', told(last));
  return runs.value.ended.length === 0
    ? notTestable('check.server-archiving.no-run', { server })
    : notTestable('check.server-archiving.next-run', { server });
}

/** The server has archived with this certificate, after it first showed it: the one check that proves the rest. */
export const serverArchiving: ServerRule = {
  sheet: 'test',
  applies: (_record, linked) => linked === true,
  validate: ofHeld((held, asked) => validateRuns(asked.word, held, asked)),
  aboutMail: true,
  proves: true,
};
