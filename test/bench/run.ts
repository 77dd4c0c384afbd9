import { requestsOfConnect, stallsOfConnect, timeOfConnect } from './connect.ts';
import { figureLine, type Figure } from './figure.ts';
import { startOfBundle } from './start.ts';
import { verifyOfMany } from './verify.ts';

/** `npm run bench [-- --json] [part …]`: parts are start, requests, stalls, time, verify. */
const parts: Readonly<Record<string, () => Promise<Figure[]> | Figure[]>> = {
  start: startOfBundle,
  requests: requestsOfConnect,
  stalls: stallsOfConnect,
  time: timeOfConnect,
  verify: verifyOfMany,
};

const args = process.argv.slice(2);
const json = args.includes('--json');
const asked = args.filter((arg) => !arg.startsWith('--'));
const figures: Figure[] = [];
for (const [name, part] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  for (const figure of await part()) {
    figures.push(figure);
    if (!json) console.log(figureLine(figure));
  }
}
if (json) console.log(JSON.stringify(figures, null, 2));
