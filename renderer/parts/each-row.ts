import { useState } from 'react';
import type { CredentialRow, FaultView, Outcome } from '../../preload/contract.ts';

/** One that it could not be done with, and why. */
export interface FailedRow {
  readonly row: CredentialRow;
  readonly fault: FaultView;
}

export interface Ended {
  readonly done: readonly CredentialRow[];
  readonly failed: readonly FailedRow[];
}

/** The same for several credentials, one after the other: what fails stops nothing. */
export interface EachRow extends Ended {
  readonly run: (rows: readonly CredentialRow[], work: (row: CredentialRow) => Promise<Outcome<unknown>>) => Promise<Ended>;
  readonly busy: boolean;
}

const nothing: Ended = { done: [], failed: [] };

/** `done` counts over all runs, so that a second one takes up what the first has left; `failed` is that of the last. */
export function useEachRow(): EachRow {
  const [ended, setEnded] = useState<Ended>(nothing);
  const [busy, setBusy] = useState(false);
  const run: EachRow['run'] = async (rows, work) => {
    setBusy(true);
    let now: Ended = { done: ended.done, failed: [] };
    for (const row of rows.filter((each) => !ended.done.includes(each))) {
      const outcome = await work(row);
      now = outcome.ok ? { ...now, done: [...now.done, row] } : { ...now, failed: [...now.failed, { row, fault: outcome.fault }] };
    }
    setEnded(now);
    setBusy(false);
    return now;
  };
  return { ...ended, run, busy };
}
