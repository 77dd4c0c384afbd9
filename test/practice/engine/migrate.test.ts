import { describe, expect, it } from 'vitest';
import { resourceAppIds } from '../../../main/clouds/index.ts';
import { confirmHandover } from '../../../main/registration/verbs/handover.ts';
import { acceptable } from '../../../main/registration/ews-losses.ts';
import { countMoved, migrateAll, waitingForMove, type MigrationOutcome } from '../../../main/registration/verbs/migrate-many.ts';
import { finishMigration, migrate, migrateBack } from '../../../main/registration/verbs/migrate.ts';
import type { Fault } from '../../../main/faults.ts';
import { profileById, type ProfileReference } from '../../../main/servers/index.ts';
import { harness, kindly, tenantOf, type Harness } from './harness.ts';

const mailbox = 'test.mailbox@contoso.example';
const graph = profileById('mailstore-graph');
/** The same permissions, as somebody has confirmed them for himself. */
const confirmed: ProfileReference = { id: 'graph-archive', version: 1, permissions: graph.permissions };

/** Values of the roles that the application holds, sorted. */
function roles(here: Harness): string[] {
  const tenant = tenantOf(here);
  const { clientId } = here.services.engine.store.find('Contoso archive');
  const principal = tenant.servicePrincipals.find(({ appId }) => appId === clientId);
  return tenant.appRoleAssignments
    .filter(({ principalId }) => principalId === principal?.id)
    .flatMap(({ resourceId, appRoleId }) => {
      const resource = tenant.servicePrincipals.find(({ id }) => id === resourceId);
      return resource?.appRoles?.find(({ id }) => id === appRoleId)?.value ?? [];
    })
    .toSorted();
}

/** Ids of the permissions of Exchange that the application asks for, as *Grant admin consent* in the portal would grant them. */
function askedOfExchange(here: Harness) {
  const tenant = tenantOf(here);
  const { clientId } = here.services.engine.store.find('Contoso archive');
  const application = tenant.applications.find(({ appId }) => appId === clientId);
  const asked = application?.requiredResourceAccess?.find(({ resourceAppId }) => resourceAppId === resourceAppIds.exchange);
  return asked?.resourceAccess?.map(({ id }) => id) ?? [];
}
/** Microsoft's id of `full_access_as_app`. */
const fullAccess = 'dc890d15-9560-4a4c-9b7f-a736ec74ec40';

const begin = (here: Harness, more: { readonly pilot?: boolean; readonly planOnly?: boolean; readonly losses?: readonly string[] } = {}) =>
  migrate(
    here.services.engine,
    { credential: 'Contoso archive', to: graph, mailbox, pilot: true, losses: acceptable, planOnly: false, ...more },
    here.run(),
  );
const states = ({ timeline }: { readonly timeline: readonly { readonly state: string }[] }) => timeline.map(({ state }) => state);
const everything = ['Directory.Read.All', 'Mail.ReadWrite', 'MailboxSettings.Read', 'full_access_as_app'];

describe('a move from EWS to Microsoft Graph', () => {
  it('adds beside, proves, waits for the handover, takes away last, and goes back', async () => {
    const here = await harness({ knobs: kindly });
    await here.connect();
    const { engine } = here.services;
    const moved = await begin(here);
    expect(states(moved)).toEqual(['begun', 'granted', 'proven']);
    expect(moved.plan.filter(({ removes }) => removes)).toEqual([]);
    expect(roles(here)).toEqual(everything);
    await expect(finishMigration(engine, 'Contoso archive', false, here.run())).rejects.toMatchObject({ code: 'migrate.not-handed-over' });
    confirmHandover(engine, 'Contoso archive', undefined);
    const planned = await finishMigration(engine, 'Contoso archive', true, here.run());
    expect(planned.plan.map(({ change, removes }) => [change, removes])).toEqual([
      ['revoke-role', true],
      ['remove-permission', true],
    ]);
    expect(roles(here)).toEqual(everything);
    expect(askedOfExchange(here)).toEqual([fullAccess]);
    const finished = await finishMigration(engine, 'Contoso archive', false, here.run());
    expect(states(finished)).toEqual(['begun', 'granted', 'proven', 'handed-over', 'ews-removed']);
    expect(roles(here)).toEqual(everything.filter((role) => role !== 'full_access_as_app'));
    expect(askedOfExchange(here)).toEqual([]);
    const back = await migrateBack(engine, 'Contoso archive', false, here.run());
    expect(states(back).at(-1)).toBe('rolled-back');
    expect(roles(here)).toEqual(everything);
    expect(askedOfExchange(here)).toEqual([fullAccess]);
    expect(engine.store.find('Contoso archive').profile.id).toBe('mailstore-guide');
    // The word of before was about the move that was taken back.
    here.clock.pass(60_000);
    expect(states(await begin(here))).toEqual(['begun', 'granted', 'proven']);
  });

  it('is repeated without a write, and foreign roles stay', async () => {
    const here = await harness({ knobs: kindly });
    await here.connect();
    await begin(here);
    const writes = here.services.trail.writesTo(here.services.engine.store.find('Contoso archive').id).length;
    const again = await begin(here);
    expect(again.plan).toEqual([]);
    expect(here.services.trail.writesTo(again.credential.id)).toHaveLength(writes);
  });

  it('writes nothing as a plan, and keeps the way back before anything is written', async () => {
    const here = await harness({ knobs: kindly });
    await here.connect();
    const planned = await begin(here, { planOnly: true });
    expect(planned.plan.map(({ change }) => change)).toContain('grant-role');
    expect(here.services.engine.store.find('Contoso archive').migration).toBeUndefined();
    const declined = migrate(
      here.services.engine,
      { credential: 'Contoso archive', to: graph, mailbox, pilot: true, losses: acceptable, planOnly: false },
      here.run(undefined, { confirm: () => Promise.resolve(false) }),
    );
    await expect(declined).rejects.toMatchObject({ code: 'input.declined' });
    expect(here.services.engine.store.find('Contoso archive')).toMatchObject({
      profile: { id: 'mailstore-guide' },
      migration: { from: { id: 'mailstore-guide' }, timeline: [{ state: 'begun' }] },
    });
    expect(states(await begin(here))).toEqual(['begun', 'granted', 'proven']);
  });

  it('is refused where there is no EWS, to EWS, to another profile than the one under way, and to one that nobody confirmed', async () => {
    const here = await harness({ knobs: kindly });
    await here.connect();
    const { engine } = here.services;
    const asked = { credential: 'Contoso archive', mailbox: null, pilot: true, losses: acceptable, planOnly: false };
    await expect(begin(here, { pilot: false })).rejects.toMatchObject({ code: 'migrate.unconfirmed' });
    await expect(migrate(engine, { ...asked, to: profileById('mailstore-guide') }, here.run())).rejects.toMatchObject({
      code: 'migrate.to-ews',
    });
    await begin(here);
    await expect(migrate(engine, { ...asked, to: confirmed }, here.run())).rejects.toMatchObject({ code: 'migrate.other-profile' });
    await here.connect({ name: 'Directory', profile: profileById('directory-only') });
    await expect(migrate(engine, { ...asked, credential: 'Directory', to: graph }, here.run())).rejects.toMatchObject({
      code: 'migrate.no-ews',
    });
    await expect(migrateBack(engine, 'Directory', false, here.run())).rejects.toMatchObject({ code: 'migrate.not-open' });
    await expect(finishMigration(engine, 'Directory', false, here.run())).rejects.toMatchObject({ code: 'migrate.not-open' });
  });

  it('begins only once it is said what is archived no longer, and remembers that', async () => {
    const here = await harness({ knobs: kindly });
    await here.connect();
    const { engine } = here.services;
    for (const losses of [[], ['archive-mailboxes'], ['public-folders']])
      await expect(begin(here, { losses })).rejects.toMatchObject({ code: 'migrate.losses' });
    expect(engine.store.find('Contoso archive').migration).toBeUndefined();
    // A plan takes nothing away from anybody.
    expect((await begin(here, { losses: [], planOnly: true })).plan).not.toEqual([]);
    await begin(here);
    expect(engine.store.find('Contoso archive').migration?.losses).toEqual(acceptable);
    expect(states(await begin(here, { losses: [] }))).toEqual(['begun', 'granted', 'proven']);
  });

  it('asks for the acceptance of what its tenant has, by the newest result of the last 30 days', async () => {
    const here = await harness({ knobs: kindly });
    await here.connect();
    const { engine } = here.services;
    const { tenantId } = engine.store.find('Contoso archive');
    const refused = async () => {
      const { code, params } = (await begin(here, { losses: [] }).catch((error: unknown) => error)) as Fault;
      return [code, params];
    };
    const counted = (archives: string, folders: string) => ['migrate.losses', { tenant: 'Contoso', archives, folders, imap: '0' }];
    expect(await refused()).toEqual(counted('?', '?'));
    const read = (day: number, archives: readonly string[]) => {
      const at = new Date(here.clock.now().getTime() + day * 86_400_000).toISOString();
      engine.ewsLosses.keep({
        tenantId: tenantId.toLowerCase(),
        at,
        archives: [...archives],
        publicFolders: 0,
        withoutImap: ['b@contoso.example'],
      });
    };
    read(-31, []);
    expect(await refused()).toEqual(counted('?', '?'));
    read(-29, ['a@contoso.example']);
    expect(await refused()).toEqual(counted('1', '0'));
    expect(engine.store.find('Contoso archive').migration).toBeUndefined();
    read(-28, []);
    expect(states(await begin(here, { losses: [] }))).toEqual(['begun', 'granted', 'proven']);
  });

  it('leaves what others ask of Exchange, and finds its own entry also where somebody has revoked the grant by hand', async () => {
    const here = await harness({ knobs: kindly });
    await here.connect();
    await begin(here);
    confirmHandover(here.services.engine, 'Contoso archive', undefined);
    const tenant = tenantOf(here);
    const { clientId } = here.services.engine.store.find('Contoso archive');
    const application = tenant.applications.find(({ appId }) => appId === clientId);
    const principal = tenant.servicePrincipals.find(({ appId }) => appId === clientId);
    const exchange = tenant.servicePrincipals.find(({ appId }) => appId === resourceAppIds.exchange);
    const imap = exchange?.appRoles?.find(({ value }) => value === 'IMAP.AccessAsApp')?.id ?? '';
    application?.requiredResourceAccess
      ?.find(({ resourceAppId }) => resourceAppId === resourceAppIds.exchange)
      ?.resourceAccess?.push({ id: imap, type: 'Role' });
    tenant.appRoleAssignments = tenant.appRoleAssignments.filter(
      ({ principalId, appRoleId }) => principalId !== principal?.id || appRoleId !== fullAccess,
    );
    const finished = await finishMigration(here.services.engine, 'Contoso archive', false, here.run());
    expect(finished.plan.map(({ change }) => change)).toEqual(['remove-permission']);
    expect(askedOfExchange(here)).toEqual([imap]);
  });

  it('does not say that EWS is gone where the administrator may not take it away', async () => {
    const here = await harness({ knobs: kindly });
    await here.connect();
    await begin(here);
    confirmHandover(here.services.engine, 'Contoso archive', undefined);
    const weak = here.run(here.account('Cloud Application Administrator'));
    const finished = await finishMigration(here.services.engine, 'Contoso archive', false, weak).catch((error: unknown) => error);
    const gone = !roles(here).includes('full_access_as_app');
    const said =
      here.services.engine.store.find('Contoso archive').migration?.timeline.some(({ state }) => state === 'ews-removed') === true;
    expect([finished instanceof Error && said, said]).toEqual([false, gone]);
  });
});

describe('many', () => {
  it('go in waves: so many at most, those that are moved are skipped, the first failure ends the wave and no later one', async () => {
    const here = await harness({ knobs: kindly, tenants: 3 });
    const { engine } = here.services;
    const tenants = here.server.describe().tenants;
    const administrators = tenants.map(({ accounts }) => accounts.find(({ role }) => role === 'Global Administrator')?.upn ?? '');
    for (const [index, { id }] of tenants.entries())
      await here.connect({ name: `Archive ${index}` }, here.run(administrators[index], { tenant: id }));
    const wave = async (limit: number, account?: string) => {
      const outcomes: MigrationOutcome[] = [];
      await migrateAll(
        engine,
        { to: confirmed, limit, accepted: () => acceptable },
        here.run(account),
        (outcome) => void outcomes.push(outcome),
      );
      return {
        left: countMoved(engine).left,
        names: outcomes.map((each) => ('report' in each ? `moved ${each.report.credential.name}` : `failed ${each.credential.name}`)),
      };
    };
    expect(await wave(1, administrators[0])).toEqual({ left: 2, names: ['moved Archive 0'] });
    // Whoever is at home in the first tenant cannot sign in to the second: nothing after it is tried.
    expect(await wave(3, administrators[0])).toEqual({ left: 2, names: ['failed Archive 1'] });
    // The one that failed does not stand in the way of the next wave.
    expect(await wave(1, administrators[2])).toEqual({ left: 1, names: ['moved Archive 2'] });
    expect(await wave(3, administrators[1])).toEqual({ left: 0, names: ['moved Archive 1'] });
    expect(await wave(3)).toEqual({ left: 0, names: [] });
    expect(countMoved(engine)).toEqual({ moved: 3, left: 0 });
    await migrateBack(engine, 'Archive 1', false, here.run(administrators[1], { tenant: tenants[1]?.id ?? '' }));
    expect(countMoved(engine)).toEqual({ moved: 2, left: 1 });
  });

  it('are moved by one partner account, which is chosen once and signs in to each tenant', async () => {
    const here = await harness({ knobs: kindly, tenants: 2 });
    const { engine } = here.services;
    const tenants = here.server.describe().tenants;
    const [partner] = tenants.map(({ accounts }) => accounts.find(({ role }) => role === 'GDAP partner')?.upn ?? '');
    for (const [index, { id, accounts }] of tenants.entries())
      await here.connect(
        { name: `Archive ${index}` },
        here.run(accounts.find(({ role }) => role === 'Global Administrator')?.upn, { tenant: id }),
      );
    // Nobody chooses an account in this browser.
    const run = here.run(undefined, { account: partner ?? '' });
    const outcomes: MigrationOutcome[] = [];
    await migrateAll(engine, { to: confirmed, limit: 2, accepted: () => acceptable }, run, (outcome) => void outcomes.push(outcome));
    expect(outcomes).toMatchObject([{ report: { credential: { name: 'Archive 0' } } }, { report: { credential: { name: 'Archive 1' } } }]);
    const signedIn = here.events.flatMap((event) => (event.kind === 'signed-in' ? [event.username] : []));
    expect(signedIn.slice(-2)).toEqual([partner, partner]);
  });

  it('are held back where nobody has accepted what their tenant loses, and hold up no other', async () => {
    const here = await harness({ knobs: kindly, tenants: 2 });
    const { engine } = here.services;
    const tenants = here.server.describe().tenants;
    const administrators = tenants.map(({ accounts }) => accounts.find(({ role }) => role === 'Global Administrator')?.upn ?? '');
    for (const [index, { id }] of tenants.entries())
      await here.connect({ name: `Archive ${index}` }, here.run(administrators[index], { tenant: id }));
    const accepted = ({ tenantId }: { readonly tenantId: string }) => (tenantId === tenants[1]?.id ? acceptable : []);
    const wave = { to: confirmed, accepted };
    const waits = () => waitingForMove(engine, wave).map(({ record, losses, held }) => [record.name, losses.map(({ loss }) => loss), held]);
    const both = ['archive-mailboxes', 'public-folders'];
    expect(waits()).toEqual([
      ['Archive 0', both, true],
      ['Archive 1', both, false],
    ]);
    const outcomes: MigrationOutcome[] = [];
    await migrateAll(engine, { ...wave, limit: 1 }, here.run(administrators[1]), (outcome) => void outcomes.push(outcome));
    expect(outcomes).toMatchObject([
      { credential: { name: 'Archive 0' }, fault: { code: 'migrate.losses' } },
      { report: { credential: { name: 'Archive 1', profile: confirmed.id } } },
    ]);
    expect(waits()).toEqual([['Archive 0', both, true]]);
  });

  it('do not go to a profile that nobody has confirmed', async () => {
    const here = await harness({ knobs: kindly });
    const { engine } = here.services;
    await expect(
      migrateAll(engine, { to: graph, limit: 3, accepted: () => acceptable }, here.run(), () => undefined),
    ).rejects.toMatchObject({
      code: 'migrate.unconfirmed',
    });
  });
});
