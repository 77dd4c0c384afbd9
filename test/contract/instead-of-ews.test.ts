import { describe, expect, it } from 'vitest';
import type { SetupEvent } from '../../preload/contract.ts';
import { desk, draft, type Desk } from './desk.ts';

/** Values of the permissions that a plan grants. */
const granted = (event: SetupEvent) =>
  event.kind === 'preview' ? event.plan.filter(({ change }) => change === 'grant-role').map(({ name }) => name) : [];

/** A set-up whose first plan is declined for another profile, and the next one applied. */
async function setUpInstead(
  here: Desk,
  instead: string,
  next: (run: string, event: SetupEvent) => Promise<unknown>,
): Promise<SetupEvent[]> {
  const seen: SetupEvent[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  here.listen((event, value) => {
    if (event !== 'run:event') return;
    const { run, event: step } = value as { run: string; event: SetupEvent };
    seen.push(step);
    const plans = seen.filter(({ kind }) => kind === 'preview').length;
    if (step.kind === 'preview' && plans === 1) void here.request('run:decide', { run, apply: false, accepted: [], instead });
    else if (step.kind === 'preview' || step.kind === 'stays') void next(run, step);
    if (step.kind === 'ended' || step.kind === 'failed') resolve();
  });
  const begun = await here.request('setup:begin', { draft, certificate: null });
  if (!begun.ok) throw new Error(begun.fault.message);
  await promise;
  return seen;
}

const finish = (here: Desk) => (run: string, event: SetupEvent) =>
  event.kind === 'preview'
    ? here.request('run:decide', { run, apply: true, hash: event.hash, accepted: [] })
    : here.request('setup:leave', { run });

describe('on the plan of a new credential', () => {
  it('another permission profile is taken with one sign-in: the plan is made anew, and only that is applied and stored', async () => {
    const here = await desk();
    const seen = await setUpInstead(here, 'mailstore-graph', finish(here));
    const plans = seen.filter(({ kind }) => kind === 'preview');
    expect(plans.map(granted)).toEqual([
      ['Directory.Read.All', 'full_access_as_app'],
      ['Directory.Read.All', 'Mail.ReadWrite', 'MailboxSettings.Read'],
    ]);
    expect(seen.filter(({ kind }) => kind === 'signed-in')).toHaveLength(1);
    expect(seen.at(-1)).toMatchObject({ kind: 'ended', report: { credential: { profile: 'mailstore-graph' } } });
    const application = here.here.server.world.state.tenants[0]?.applications[0];
    expect(JSON.stringify(application?.requiredResourceAccess)).not.toContain('dc890d15-9560-4a4c-9b7f-a736ec74ec40');
    expect(application?.keyCredentials).toHaveLength(1);
  });

  it('that is only a plan: declined afterwards, nothing was written and nothing is stored', async () => {
    const here = await desk();
    const seen = await setUpInstead(here, 'mailstore-graph', (run) => here.request('run:decide', { run, apply: false, accepted: [] }));
    expect(seen.at(-1)).toMatchObject({ kind: 'failed', fault: { code: 'input.declined' } });
    expect(here.here.services.engine.store.list()).toEqual([]);
    expect(here.here.server.world.state.tenants[0]?.applications.filter(({ displayName }) => displayName === 'MailStore Server')).toEqual(
      [],
    );
  });

  it('one that nobody knows is refused, and the plan waits on', async () => {
    const here = await desk();
    const codes: unknown[] = [];
    const seen = await setUpInstead(here, 'mailstore-guide', async (run, event) => {
      const refused = await here.request('run:decide', { run, apply: false, accepted: [], instead: 'no such profile' });
      codes.push(refused.ok ? null : refused.fault.code);
      await finish(here)(run, event);
    });
    expect(codes[0]).toBe('input.profile.unknown');
    expect(seen.at(-1)?.kind).toBe('ended');
  });

  it('is offered where it archives through EWS, with what it needs', async () => {
    const here = await desk();
    const facts = await here.request('app:read', null);
    if (!facts.ok) throw new Error('no facts');
    const offered = facts.value.profiles.flatMap(({ id, instead }) => (instead === undefined ? [] : [[id, instead.id, instead.short]]));
    expect(offered).toEqual([['mailstore-guide', 'mailstore-graph', 'Microsoft Graph']]);
  });
});
