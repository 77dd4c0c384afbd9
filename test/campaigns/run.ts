import { parseArgs } from 'node:util';
import { churn } from './churn.ts';
import { kills } from './kills.ts';
import { randomVerbs } from './random-verbs.ts';
import { lostIn, reportText, underWay, type CampaignReport } from './report.ts';
import { onSmallDisk } from './small-disk.ts';
import { standby } from './standby.ts';
import { failingKeychain, fullDisk, wrongClock } from './troubles.ts';
import { unreadableRow } from './unreadable-row.ts';

interface Given {
  readonly seed: number;
  readonly runs?: number;
  readonly every?: number;
  readonly flows?: readonly string[];
  readonly unkind: boolean;
  readonly disk?: string;
  readonly tell: (line: string) => void;
}

/** The disk is a small one of its own where none was given. */
function disk({ disk: folder, ...given }: Given): Promise<CampaignReport> {
  if (folder !== undefined) return fullDisk({ ...given, disk: folder });
  const name = 'a disk that is full from every request on';
  const [, script = ''] = process.argv;
  const every = given.every === undefined ? [] : ['--every', String(given.every)];
  const flows = (given.flows ?? []).flatMap((flow) => ['--flow', flow]);
  const code = onSmallDisk((own) => [script, 'disk', '--small-disk', own, ...every, ...flows]);
  if (code === null) given.tell(`${name}: skipped, because there is no small disk here; --small-disk FOLDER names one`);
  const found = code === null || code === 0 ? [] : [{ law: 'heals', detail: 'see above', where: 'on a disk of its own' } as const];
  return Promise.resolve({ name: `${name}, on a disk of its own`, figures: { run: Number(code !== null) }, found });
}

const campaigns: Readonly<Record<string, (given: Given) => Promise<CampaignReport>>> = {
  kills,
  verbs: ({ runs = 500, ...given }) => randomVerbs({ ...given, sequences: runs, steps: 8 }),
  keychain: failingKeychain,
  clock: wrongClock,
  standby,
  disk,
  row: ({ runs = 500, seed, tell }) => unreadableRow({ seed, tell, credentials: runs }),
  churn: ({ runs = 40, seed, tell }) => churn({ seed, tell, tenants: runs }),
};

// `npm run campaign -- [NAME…] [--seed N] [--runs N] [--every N] [--flow NAME] [--unkind] [--small-disk FOLDER]`: runs all
// campaigns, or those that are named; ends with 1 where a law was broken.
const { values, positionals } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    runs: { type: 'string' },
    every: { type: 'string' },
    flow: { type: 'string', multiple: true },
    unkind: { type: 'boolean', default: false },
    'small-disk': { type: 'string' },
  },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !(name in campaigns));
if (unknown.length > 0) throw new Error(`no such campaign: ${unknown.join(', ')}; there are ${Object.keys(campaigns).join(', ')}`);
const given: Given = {
  seed: Number(values.seed),
  ...(values.runs === undefined ? {} : { runs: Number(values.runs) }),
  ...(values.every === undefined ? {} : { every: Number(values.every) }),
  ...(values.flow === undefined ? {} : { flows: values.flow }),
  ...(values['small-disk'] === undefined ? {} : { disk: values['small-disk'] }),
  unkind: values.unkind,
  tell: (line) => console.log(line),
};
// Who has seen enough presses Ctrl+C, and gets the figures so far.
process.once('SIGINT', () => {
  const begun = underWay()?.report();
  if (begun !== undefined) console.log(`stopped: ${reportText(begun)}`);
  process.exit(130);
});
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
