import { parseArgs } from 'node:util';
import { churn } from './churn.ts';
import { kills } from './kills.ts';
import { randomVerbs } from './random-verbs.ts';
import { fullDisk, failingKeychain, wrongClock } from './troubles.ts';
import { standby } from './standby.ts';
import { unreadableRow } from './unreadable-row.ts';
import { lostIn, reportText, type CampaignReport } from './report.ts';

interface Given {
  readonly seed: number;
  readonly runs: number | null;
  readonly unkind: boolean;
  readonly flows?: readonly string[];
  readonly disk?: string;
  readonly tell: (line: string) => void;
}

const campaigns: Readonly<Record<string, (given: Given) => Promise<CampaignReport>>> = {
  kills: ({ runs, ...given }) => kills({ ...given, every: runs ?? 1 }),
  keychain: ({ runs, ...given }) => failingKeychain({ ...given, every: runs ?? 1 }),
  clock: ({ runs, ...given }) => wrongClock({ ...given, every: runs ?? 1 }),
  standby: ({ runs, ...given }) => standby({ ...given, every: runs ?? 1 }),
  disk: ({ runs, disk, ...given }) => fullDisk({ ...given, every: runs ?? 1, disk: disk ?? '' }),
  row: ({ runs, seed, tell }) => unreadableRow({ seed, tell, credentials: runs ?? 500 }),
  verbs: ({ runs, ...given }) => randomVerbs({ ...given, sequences: runs ?? 500, steps: 8 }),
  churn: ({ runs, ...given }) => churn({ ...given, tenants: runs ?? 40 }),
};

// `npm run campaign -- [NAME…] [--seed N] [--runs N] [--unkind]`: runs all campaigns, or those that are named; ends with 1 where a law was broken.
const { values, positionals } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    runs: { type: 'string' },
    'small-disk': { type: 'string' },
    flow: { type: 'string', multiple: true },
    unkind: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !(name in campaigns));
if (unknown.length > 0) throw new Error(`no such campaign: ${unknown.join(', ')}; there are ${Object.keys(campaigns).join(', ')}`);
const given = {
  seed: Number(values.seed),
  runs: values.runs === undefined ? null : Number(values.runs),
  unkind: values.unkind,
  ...(values.flow === undefined ? {} : { flows: values.flow }),
  ...(values['small-disk'] === undefined ? {} : { disk: values['small-disk'] }),
  tell: (line: string) => console.log(line),
};
console.log(`seed ${given.seed}`);
const reports: CampaignReport[] = [];
for (const [name, campaign] of Object.entries(campaigns)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const report = await campaign(given);
  reports.push(report);
  console.log(reportText(report));
}
const broken = reports.reduce((sum, { found }) => sum + found.length, 0);
console.log(`lost or removed though in use: ${reports.reduce((sum, report) => sum + lostIn(report), 0)}; breaches in all: ${broken}`);
process.exitCode = broken === 0 ? 0 : 1;
