import { connect } from '../../main/registration/operations/connect.ts';
import { verify, verifyAll, type VerifyOutcome } from '../../main/registration/operations/verify.ts';
import { benchDesk, connectRequest } from './desk.ts';
import { milliseconds } from './event-loop.ts';
import type { Figure } from './figure.ts';
import { practiceProcess } from './practice-process.ts';

const tenants = 500;
const megabyte = 1024 * 1024;

/** Verifies one credential in each of many tenants; setting them up is not counted. */
export async function verifyOfMany(): Promise<Figure[]> {
  const practice = await practiceProcess('--tenants', String(tenants), '--principals', '5');
  const desk = await benchDesk(practice.origin);
  const { engine } = desk.services;
  const queue = practice.tenants.entries();
  const setUp = async () => {
    for (const [index, tenant] of queue) {
      const account = tenant.accounts.find((each) => each.role === 'Global Administrator')?.upn ?? null;
      await connect(engine, connectRequest(`tenant ${index}`, 2048), desk.run(account, tenant.id));
    }
  };
  await Promise.all([setUp(), setUp(), setUp(), setUp()]);
  const single = await milliseconds(() => verify(engine, 'tenant 0', { signIn: false }, desk.run(null)));

  let peak = 0;
  const before = process.memoryUsage().rss;
  const probe = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss - before)), 20);
  const outcomes: VerifyOutcome[] = [];
  const all = await milliseconds(() => verifyAll(engine, desk.run(null), (outcome) => outcomes.push(outcome)));
  clearInterval(probe);
  const good = outcomes.filter((outcome) => 'report' in outcome && outcome.report.proof?.ok === true);
  const requests = outcomes.reduce((sum, outcome) => sum + ('report' in outcome ? outcome.report.requests.graph + outcome.report.requests.identity : 0), 0);
  await desk.close();
  await practice.stop();
  return [
    { name: `verify of ${tenants} tenants`, value: all / 1000, unit: 's', baseline: { name: `${tenants} times one verify`, value: (single * tenants) / 1000 } },
    { name: `of them proven`, value: good.length, unit: '', baseline: { name: 'all', value: tenants } },
    { name: `memory that it took at its peak`, value: peak / megabyte, unit: 'MB' },
    { name: `requests a tenant`, value: requests / tenants, unit: '' },
  ];
}
