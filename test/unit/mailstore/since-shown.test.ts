import { describe, expect, it } from 'vitest';
import type { FinishedRun } from '../../../main/mailstore/index.ts';
import { startedSince } from '../../../main/mailstore/since-shown.ts';

const minute = 60_000;
/** By the server's clock, UTC. */
const at = (time: string) => new Date(`2026-11-30T${time}Z`);

/** A run with its times in a zone so many minutes ahead of UTC. */
function run(id: number, started: string, completed: string, zone = 60): FinishedRun {
  const local = (time: string) => new Date(at(time).getTime() + zone * minute).toISOString().slice(0, 19);
  const times = { startedAt: local(started), completedAt: local(completed) };
  return { id, profileId: 3, profileName: 'M365', result: 'succeeded', itemsArchived: 12, ...times };
}

const shown = { at: at('10:00:00').toISOString(), lastRun: 5, certain: null };
const ids = (runs: readonly FinishedRun[]) => runs.map(({ id }) => id);

describe('a run started after the server first showed a certificate', () => {
  it.each([-300, 0, 60, 345, 840])('by one look soon after it, in whatever zone the server is (%i)', (zone) => {
    const now = at('10:03:00');
    expect(ids(startedSince([run(6, '10:01:00', '10:02:00', zone)], shown, shown, now))).toEqual([6]);
    expect(ids(startedSince([run(6, '09:58:00', '10:02:00', zone)], shown, shown, now))).toEqual([]);
  });

  it('is not said of runs that had ended by then', () => {
    expect(startedSince([run(5, '09:00:00', '09:01:00')], shown, shown, at('10:03:00'))).toEqual([]);
  });

  it('is not said while several zones are possible, one of which denies it', () => {
    expect(startedSince([run(6, '10:50:00', '11:00:00')], shown, shown, at('12:00:00'))).toEqual([]);
  });

  it('is certain of one that started when another one had ended', () => {
    const runs = [run(6, '09:58:00', '10:20:00'), run(7, '10:25:00', '10:30:00'), run(8, '10:14:00', '10:40:00')];
    expect(ids(startedSince(runs, shown, shown, at('12:00:00')))).toEqual([7]);
  });

  it('is certain where several runs leave one zone alone', () => {
    const runs = [run(6, '10:01:00', '10:02:00'), run(7, '10:00:30', '11:59:00')];
    expect(ids(startedSince(runs, shown, shown, at('12:00:00')))).toEqual([6, 7]);
  });

  it('stays certain once it was', () => {
    const looked = { at: at('10:03:00').toISOString(), lastRun: 6 };
    const runs = [run(6, '10:01:00', '10:02:00')];
    expect(startedSince(runs, shown, looked, at('15:00:00'))).toEqual([]);
    expect(ids(startedSince(runs, { ...shown, certain: 6 }, looked, at('15:00:00')))).toEqual([6]);
  });

  it('is said of none where the clock of the server and its rows do not go together', () => {
    expect(startedSince([run(6, '10:01:00', '10:02:07', 7)], shown, shown, at('10:03:00'))).toEqual([]);
  });
});
