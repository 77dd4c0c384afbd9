import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditEntry, AuditTrail, NewAuditEntry } from '../../../main/audit/index.ts';
import { GraphFailure } from '../../../main/directory/directory.ts';
import { recordedWrite } from '../../../main/registration/apply/recorded-write.ts';
import type { PlannedChange } from '../../../main/registration/change.ts';
import { partsBehind } from '../../../main/registration/observe/behind.ts';
import type { Observed } from '../../../main/registration/observed.ts';
import { planRegistration } from '../../../main/registration/plan/index.ts';
import { carriedOut } from './carried-out.ts';
import { desired, observedTenant } from './generated-tenant.ts';

const minute = 60_000;

/** A trail in memory; entries are made by the code that makes them. */
function written() {
  let now = Date.parse('2026-11-30T12:00:00.000Z');
  const entries: AuditEntry[] = [];
  const append = (entry: NewAuditEntry): AuditEntry => {
    const made = {
      step: null,
      target: null,
      detail: {},
      correlationId: null,
      ...entry,
      id: entries.length,
      at: new Date(now).toISOString(),
    };
    entries.push(made);
    return made;
  };
  const list: AuditTrail['list'] = ({ since, operation } = {}) => {
    const own = entries.filter((entry) => !operation || entry.operation === operation);
    const first = own.findIndex(({ at }) => !since || Date.parse(at) >= since.getTime());
    const latest = own
      .map(({ at }) => at)
      .toSorted()
      .at(-1);
    return own.slice(first < 0 ? own.findLastIndex(({ at }) => at === latest) + 1 : first);
  };
  const trail: AuditTrail = { append, list, writesTo: () => [] };
  const record = {
    trail,
    lease: { renew: () => undefined, check: () => undefined, signal: new AbortController().signal },
    credentialId: 'c',
    tenantId: 't',
    actor: 'a',
  };
  const write = (
    changes: readonly PlannedChange[],
    { operation = 'one', target = 'x', fails, takes = 0 }: { operation?: string; target?: string; fails?: Error; takes?: number } = {},
  ) =>
    recordedWrite({ ...record, operation }, changes, target, () => {
      now += takes;
      return fails === undefined ? Promise.resolve() : Promise.reject(fails);
    });
  const behind = (view: Observed, more: { operation?: string; uncertain?: true; perhaps?: true } = {}) => [
    ...partsBehind({ trail, credentialId: 'c', ...more }, new Date(now), view),
  ];
  return { write, behind, pass: (ms: number) => void (now += ms) };
}

const enable: PlannedChange = { change: { change: 'enable-service-principal', id: 's' }, step: 'registration', removes: false };

const planFor = (observed: Observed) => planRegistration(desired, observed).changes;
const after = (observed: Observed, changes: readonly PlannedChange[]) =>
  carriedOut(
    observed,
    changes.map(({ change }) => change),
  );

describe('what was written lately', () => {
  it('is behind in every view from before, in none from after', async () => {
    await fc.assert(
      fc.asyncProperty(observedTenant, async (observed) => {
        const changes = planFor(observed).filter(({ change }) => change.change !== 'restore-application');
        const here = written();
        for (const each of changes) await here.write([each]);
        expect(here.behind(after(observed, changes))).toEqual([]);
        const stale = here.behind(observed);
        expect(stale.length > 0).toBe(changes.length > 0);
      }),
    );
  });

  const uris = (observed: Observed, ...redirectUris: string[]): Observed =>
    observed.application === null ? observed : { ...observed, application: { ...observed.application, redirectUris } };
  const [sample] = fc.sample(
    observedTenant.filter(({ application }) => application !== null),
    { numRuns: 1, seed: 1 },
  );
  if (sample === undefined) throw new Error('no sample');
  const uri = (added: string): PlannedChange => ({
    change: { change: 'set-redirect-uris', uris: [added], added },
    step: 'user-sign-in',
    removes: false,
  });
  const tokens = (on: boolean): Observed => {
    const seen = uris(sample);
    return seen.application === null ? seen : { ...seen, application: { ...seen.application, idTokens: on } };
  };

  it('and is there in part, was taken away by somebody in the other part', async () => {
    const here = written();
    await here.write([uri('https://a'), { change: { change: 'enable-id-tokens' }, step: 'user-sign-in', removes: false }]);
    expect(here.behind(tokens(false))).toEqual(['application']);
    expect(here.behind(tokens(true))).toEqual([]);
  });

  it('is told by the last write alone: one that is there says that the ones before were, too', async () => {
    const here = written();
    await here.write([uri('https://a')]);
    await here.write([uri('https://b')]);
    expect(here.behind(uris(sample, 'https://b'))).toEqual([]);
    expect(here.behind(uris(sample, 'https://a'))).toEqual(['application']);
  });

  it('is that for ten minutes, where Microsoft has said so, or may have done it and that is asked', async () => {
    const here = written();
    const fails = new Error('refused');
    await here.write([uri('https://a')], { fails }).catch(() => undefined);
    expect(here.behind(uris(sample))).toEqual([]);
    expect(here.behind(uris(sample), { uncertain: true })).toEqual(['application']);
    await here.write([uri('https://a')]);
    expect(here.behind(uris(sample))).toEqual(['application']);
    expect(here.behind(uris(sample), { operation: 'another' })).toEqual([]);
    here.pass(10 * minute + 1);
    expect(here.behind(uris(sample))).toEqual([]);
  });

  it('is that also where the clock jumped ahead while Microsoft answered, and was set back', async () => {
    const here = written();
    await here.write([uri('https://a')], { takes: 40 * 24 * 60 * minute });
    here.pass(-40 * 24 * 60 * minute);
    expect(here.behind(uris(sample))).toEqual(['application']);
    expect(here.behind(uris(sample, 'https://a'))).toEqual([]);
    here.pass(11 * minute);
    expect(here.behind(uris(sample))).toEqual([]);
  });

  it('may be that where all of it was written by a clock that has been set back, for those who wait for it for a while', async () => {
    const here = written();
    const days = 40 * 24 * 60 * minute;
    await here.write([uri('https://a')]);
    here.pass(20 * minute + days);
    await here.write([uri('https://b')]);
    here.pass(-days);
    expect(here.behind(uris(sample))).toEqual([]);
    expect(here.behind(uris(sample), { perhaps: true })).toEqual(['application']);
    expect(here.behind(uris(sample, 'https://b'), { perhaps: true })).toEqual([]);
    // Something else was written since, which by now is old: so is this.
    await here.write([enable]);
    here.pass(11 * minute);
    expect(here.behind(uris(sample), { perhaps: true })).toEqual([]);
  });

  it('is that also where it was written after something recent, by a clock that was behind; later it may be, until something is written', async () => {
    const here = written();
    await here.write([uri('https://a')]);
    here.pass(-40 * 24 * 60 * minute);
    await here.write([uri('https://b')]);
    here.pass(40 * 24 * 60 * minute);
    expect(here.behind(uris(sample, 'https://a'))).toEqual(['application']);
    expect(here.behind(uris(sample, 'https://b'))).toEqual([]);
    here.pass(11 * minute);
    expect(here.behind(uris(sample, 'https://a'))).toEqual([]);
    expect(here.behind(uris(sample, 'https://a'), { perhaps: true })).toEqual(['application']);
    await here.write([enable]);
    here.pass(11 * minute);
    expect(here.behind(uris(sample, 'https://a'), { perhaps: true })).toEqual([]);
  });

  it('and whose answer was lost may be there or not: neither view is behind', async () => {
    const here = written();
    await here.write([uri('https://a')]);
    const fails = new Error('lost');
    await here
      .write([{ change: { change: 'delete-application', objectId: 'o' }, step: 'registration', removes: true }], { fails })
      .catch(() => undefined);
    expect([here.behind(uris(sample)), here.behind({ ...sample, application: null })]).toEqual([[], []]);
    expect(here.behind(uris(sample), { uncertain: true })).toEqual(['application']);
  });

  it('and was certainly refused leaves what was written before it', async () => {
    const here = written();
    await here.write([uri('https://a')]);
    const fails = new GraphFailure('forbidden', { status: 403, code: 'x', message: 'x' });
    for (const change of [uri('https://b').change, { change: 'delete-application', objectId: 'o' } as const])
      await here.write([{ change, step: 'registration', removes: false }], { fails }).catch(() => undefined);
    expect(here.behind(uris(sample, 'https://a'))).toEqual([]);
    expect(here.behind(uris(sample))).toEqual(['application']);
  });

  it('goes with its application', async () => {
    const here = written();
    const role = { resourceAppId: 'r', resourceId: 'r', roleId: 'role', value: 'Mail.Read' };
    await here.write([{ change: { change: 'grant-role', ...role }, step: 'consent', removes: false }]);
    expect(here.behind(sample)).toEqual(['role r Mail.Read']);
    await here.write([{ change: { change: 'delete-application', objectId: 'o' }, step: 'registration', removes: true }]);
    expect(here.behind(sample)).toEqual(['application']);
    expect(here.behind({ ...sample, application: null })).toEqual([]);
  });

  it('of a restoration are two objects: the application, and its service principal once that was restored', async () => {
    const here = written();
    const change = { change: 'restore-application', objectId: 'o', servicePrincipalId: 'sp' } as const;
    const restoration = [{ change, step: 'registration', removes: false }] as const;
    const principal = { id: 'sp', accountEnabled: true, assignmentRequired: false };
    const alone = { ...sample, servicePrincipal: null };
    await here.write(restoration, { target: 'o' });
    expect([here.behind({ ...alone, application: null }), here.behind(alone)]).toEqual([['application'], []]);
    const purged = new GraphFailure('not-found', { status: 404, code: 'x', message: 'x' });
    await here.write(restoration, { target: 'sp', fails: purged }).catch(() => undefined);
    expect(here.behind(alone)).toEqual([]);
    await here.write(restoration, { target: 'sp' });
    expect(here.behind({ ...alone, application: null })).toEqual(['application', 'service-principal']);
    expect(here.behind(alone)).toEqual(['service-principal']);
    expect(here.behind({ ...sample, servicePrincipal: { ...principal, id: 'another' } })).toEqual(['service-principal']);
    expect(here.behind({ ...sample, servicePrincipal: principal })).toEqual([]);
  });
});
