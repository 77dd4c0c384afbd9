import { describe, expect, it } from 'vitest';
import { churn } from '../../campaigns/churn.ts';
import { kills } from '../../campaigns/kills.ts';
import { randomVerbs } from '../../campaigns/random-verbs.ts';
import type { CampaignReport } from '../../campaigns/report.ts';
import { standby } from '../../campaigns/standby.ts';
import { failingKeychain, wrongClock } from '../../campaigns/troubles.ts';
import { unreadableRow } from '../../campaigns/unreadable-row.ts';
import { isWindows } from '../../system.ts';

const tell = () => undefined;
const flows = ['roll back'];
const seed = 7;

/** A little of each campaign, so that the scripts stay what they are; all of it is run by hand. */
const short: readonly [name: string, figure: string, run: () => Promise<CampaignReport>][] = [
  ['kills', 'kills', () => kills({ seed, tell, flows, seconds: ['another process rotates'], last: 1 })],
  ['random verbs', 'sequences', () => randomVerbs({ seed, tell, sequences: 1, steps: 3, unkind: true })],
  ['a failing keychain', 'faults', () => failingKeychain({ tell, flows, last: 0 })],
  ['a wrong clock', 'faults', () => wrongClock({ tell, flows, last: 0 })],
  ['an unreadable row', 'damages', () => unreadableRow({ seed, tell, credentials: 3 })],
  ['a churning tenant', 'changes by others', () => churn({ seed, tell, tenants: 1 })],
];

describe('a campaign loses nothing', { timeout: 300_000 }, () => {
  it.each(short)('%s', async (_name, figure, run) => {
    const { figures, found } = await run();
    expect(found).toEqual([]);
    expect(figures[figure]).toBeGreaterThan(0);
  });

  // Windows does not stop a single process and let it go on.
  it.skipIf(isWindows)('standby', async () => {
    const { figures, found } = await standby({ tell, flows, last: 1 });
    expect(found).toEqual([]);
    expect(figures['standbys']).toBe(3);
  });
});
