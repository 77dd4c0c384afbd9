import { describe, expect, it } from 'vitest';
import { emptySince, failingRuns, type FinishedRun } from '../../../main/mailstore/index.ts';

const hour = 3_600_000;
const start = Date.UTC(2026, 10, 1);

/** Runs an hour apart, by what each archived; a word other than `succeeded` stands for a run with nothing. */
const runs = (...items: readonly (number | string)[]): FinishedRun[] =>
  items.map((each, index) => {
    const at = new Date(start + index * hour).toISOString().slice(0, 19);
    const [itemsArchived, result] = typeof each === 'number' ? [each, 'succeeded'] : [0, each];
    return { id: index + 1, profileId: 3, profileName: 'M365', result, itemsArchived, startedAt: at, completedAt: at };
  });

const nothing = (hours: number) => Array.from({ length: hours }, () => 0);

describe('runs that fail now', () => {
  it('are those since the last one that did not, a cancelled one among these', () => {
    expect(failingRuns(runs('failed', 3, 'failed', 'failed')).map(({ id }) => id)).toEqual([4, 3]);
    expect(failingRuns(runs('failed', 'failed', 'cancelled'))).toEqual([]);
    expect(failingRuns(runs('completedWithErrors', 'disconnected'))).toHaveLength(2);
    expect(failingRuns([])).toEqual([]);
  });
});

describe('runs that archive nothing', () => {
  const usual = [1, 0, 2, 0, 0, 3, 1, 4, 0, 5];

  it('for more than a day and twice the longest pause are told, since the last that archived', () => {
    expect(emptySince(runs(...usual, ...nothing(25)))).toBe(runs(...usual).at(-1)?.completedAt);
    expect(emptySince(runs(...usual, ...nothing(24)))).toBeNull();
  });

  it('are usual where pauses were as long before', () => {
    const quiet = [1, ...nothing(60), 1, 1, 1, 1, 1];
    expect(emptySince(runs(...quiet, ...nothing(100)))).toBeNull();
    expect(emptySince(runs(...quiet, ...nothing(123)))).not.toBeNull();
  });

  it('say nothing where too little is known', () => {
    expect(emptySince(runs(1, 1, 1, 1, 1, ...nothing(90)))).toBeNull();
    expect(emptySince(runs(...nothing(90)))).toBeNull();
    expect(emptySince([])).toBeNull();
  });
});
