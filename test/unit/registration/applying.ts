import { createAuditTrail } from '../../../main/audit/index.ts';
import type { Directory } from '../../../main/directory/directory.ts';
import { applyRegistration, type ApplyRun } from '../../../main/registration/apply/index.ts';
import type { Desired } from '../../../main/registration/desired.ts';
import { observe } from '../../../main/registration/observe/index.ts';
import { testClock, testDatabase } from '../vault/samples.ts';
import { emptyTenant, fakeDirectory, type FakeTenant } from './fake-tenant.ts';
import { desired } from './generated-tenant.ts';
import { writing } from './writes.ts';

const unknown = { clientId: null, objectId: null, servicePrincipalId: null };

export interface Applying {
  readonly tenant?: FakeTenant;
  /** What stands in for requests; the tenant's own is given. */
  readonly instead?: (own: Directory) => Partial<Directory>;
  readonly wish?: Partial<Desired>;
  readonly run?: Partial<ApplyRun>;
}

/** Applies the plan of the registration to a tenant, waiting without taking time. */
export async function applying({ tenant = emptyTenant(), instead = () => ({}), wish = {}, run = {} }: Applying) {
  const clock = testClock();
  const trail = createAuditTrail(testDatabase(), clock);
  const own = fakeDirectory(tenant);
  const asked: string[] = [];
  const directory = new Proxy(
    { ...own, ...instead(own) },
    {
      get:
        (target, name: keyof Directory) =>
        (...args: never[]) => {
          if (name !== 'read' && name !== 'readBatch') asked.push(name);
          return (target[name] as (...given: never[]) => unknown)(...args);
        },
    },
  );
  const wanted = { ...desired, ...wish };
  const first = await observe(own, wanted, unknown, clock);
  const pauses: string[] = [];
  const told: string[] = [];
  const ids: unknown[] = [];
  const confirmed: (readonly string[])[] = [];
  const { record } = writing({}).run;
  const how: ApplyRun = {
    directory,
    record: { ...record, trail },
    clock,
    trailClock: clock,
    confirm: ({ changes }) => Promise.resolve(confirmed.push(changes.map(({ change }) => change.change)) > 0),
    onIds: (learned) => void ids.push(learned),
    onChange: ({ change }, outcome) => void told.push(`${change.change} ${outcome}`),
    onPause: (_, waitingFor) => void pauses.push(waitingFor),
    ...run,
  };
  const began = clock.now().getTime();
  const outcome = applyRegistration(how, wanted, first);
  return { tenant, asked, pauses, told, ids, confirmed, outcome, waited: () => clock.now().getTime() - began, trail };
}

export const nothingLeft = { plan: { changes: [], obstacles: [] } };
