import { describe, expect, it } from 'vitest';
import type { Directory } from '../../../main/directory/directory.ts';
import type { Plan } from '../../../main/registration/change.ts';
import type { Desired } from '../../../main/registration/desired.ts';
import { planRegistration } from '../../../main/registration/plan/index.ts';
import { testClock } from '../vault/samples.ts';
import { applying, nothingLeft } from './applying.ts';
import { emptyTenant, type FakeTenant } from './fake-tenant.ts';
import { desired, exchangeResource, graphResource } from './generated-tenant.ts';
import { failure } from './writes.ts';

const minute = 60_000;

/** Fails so many times, then does what it does. */
const failing = (name: keyof Directory, times: number, reason: unknown, does = false) => {
  let left = times;
  return (own: Directory): Partial<Directory> => ({
    [name]: async (...args: never[]) => {
      const act = own[name] as (...given: never[]) => Promise<unknown>;
      if (left <= 0) return act(...args);
      left -= 1;
      if (does) await act(...args);
      throw reason;
    },
  });
};

describe('applying a plan', () => {
  it('makes everything in one round, asks nobody again, and says what it did and learned', async () => {
    const { outcome, asked, told, ids, confirmed, pauses } = await applying({});
    const done = await outcome;
    expect(done).toMatchObject({
      ...nothingLeft,
      refused: [],
      observed: { application: { clientId: 'client' }, servicePrincipal: { id: 'sp' } },
    });
    expect(asked).toEqual(['upsertApplication', 'createServicePrincipal', 'assignAppRole', 'assignAppRole', 'createDelegatedGrant']);
    expect(ids).toEqual([{ clientId: 'client', objectId: 'object' }, { servicePrincipalId: 'sp' }]);
    expect(done.applied).toHaveLength(11);
    expect(told).toHaveLength(11);
    expect(told.every((line) => line.endsWith(' done'))).toBe(true);
    expect([confirmed, pauses]).toEqual([[], []]);
  });

  it('does nothing where nothing is to do', async () => {
    const { tenant, outcome } = await applying({});
    await outcome;
    const again = await applying({ tenant });
    expect(await again.outcome).toMatchObject({ ...nothingLeft, applied: [] });
    expect(again.asked).toEqual([]);
  });

  it('goes on with what a restored application shows, without asking again', async () => {
    const { tenant, outcome } = await applying({});
    await outcome;
    const { application, principal } = tenant;
    if (application === null) throw new Error('no application');
    Object.assign(tenant, { application: null, principal: null, deleted: { application: { ...application, web: {} }, principal } });
    const again = await applying({ tenant, wish: { clientId: 'client' } });
    expect(await again.outcome).toMatchObject(nothingLeft);
    expect(again.asked).toEqual(['restoreDeletedItem', 'restoreDeletedItem', 'updateApplication']);
    expect(again.confirmed).toEqual([]);
  });

  it('goes on after an upsert that told no ids', async () => {
    const { outcome, asked, tenant } = await applying({
      instead: (own) => ({ upsertApplication: async (...args) => own.upsertApplication(...args).then(() => null) }),
    });
    expect(await outcome).toMatchObject(nothingLeft);
    expect(asked.filter((name) => name === 'upsertApplication')).toHaveLength(1);
    expect(tenant.roleGrants).toHaveLength(2);
  });

  it('of a part of the registration carries out that part', async () => {
    const plan = (wanted: Desired, observed: Parameters<typeof planRegistration>[1]): Plan => {
      const whole = planRegistration(wanted, observed);
      return { ...whole, changes: whole.changes.filter(({ change }) => change.change === 'create-application') };
    };
    const { outcome, asked } = await applying({ run: { plan } });
    expect((await outcome).plan.changes).toEqual([]);
    expect(asked).toEqual(['upsertApplication']);
  });

  it('writes nothing once the run is interrupted', async () => {
    const { outcome, asked } = await applying({ run: { signal: AbortSignal.abort(new Error('stopped')) } });
    await expect(outcome).rejects.toThrow('stopped');
    expect(asked).toEqual([]);
  });
});

describe('reads that are behind', () => {
  /** The application as it was for so many reads after it was made. */
  const hidden =
    (times: number) =>
    (own: Directory): Partial<Directory> => {
      let left = times;
      return {
        readBatch: async (paths, signal) => {
          const answers = await own.readBatch(paths, signal);
          if (!('application' in answers) || left <= 0) return answers;
          left -= 1;
          return { ...answers, application: { ok: false, failure: failure('not-found', 404) } };
        },
      };
    };

  it('are waited for, and nothing that was made is made again', async () => {
    const { outcome, asked, pauses } = await applying({ instead: hidden(3) });
    expect(await outcome).toMatchObject(nothingLeft);
    expect(asked.filter((name) => name === 'upsertApplication')).toHaveLength(1);
    expect(asked.filter((name) => name === 'createServicePrincipal')).toHaveLength(1);
    expect(new Set(pauses)).toEqual(new Set(['replication']));
    expect(pauses.length).toBeGreaterThanOrEqual(2);
  });

  it('are not waited for without end', async () => {
    const { outcome, waited } = await applying({ instead: hidden(1000) });
    await expect(outcome).rejects.toMatchObject({ code: 'registration.not-yet-replicated' });
    expect(waited()).toBeGreaterThan(4 * minute);
    expect(waited()).toBeLessThanOrEqual(5 * minute);
  });

  it('that fail just after a write are read again, and else fail the run', async () => {
    const after =
      (reason: unknown) =>
      (own: Directory): Partial<Directory> => {
        let written = false;
        let failed = false;
        return {
          upsertApplication: async (...args) => own.upsertApplication(...args).finally(() => (written = true)),
          readBatch: async (paths, signal) => {
            if (written && !failed) {
              failed = true;
              throw reason;
            }
            return own.readBatch(paths, signal);
          },
        };
      };
    for (const kind of ['not-found', 'not-replicated', 'uncertain'] as const) {
      const { outcome, pauses } = await applying({ instead: after(failure(kind, kind === 'uncertain' ? 0 : 404)) });
      expect(await outcome).toMatchObject(nothingLeft);
      expect(pauses).toEqual([kind === 'uncertain' ? 'service' : 'replication']);
    }
    const { outcome } = await applying({ instead: after(failure('forbidden', 403)) });
    await expect(outcome).rejects.toMatchObject({ kind: 'forbidden' });
    const bug = await applying({ instead: after(new Error('bug')) });
    await expect(bug.outcome).rejects.toThrow('bug');
  });
});

describe('a write that is not found', () => {
  it('is taken for replication only where a write of ours is recent', async () => {
    const { outcome, pauses } = await applying({ instead: failing('assignAppRole', 1, failure('not-found', 404)) });
    expect(await outcome).toMatchObject(nothingLeft);
    expect(pauses).toEqual(['replication']);
    const trailClock = { ...testClock(), now: () => new Date('2026-11-25T12:00:00Z') };
    const late = await applying({ instead: failing('assignAppRole', 1, failure('not-found', 404)), run: { trailClock } });
    await expect(late.outcome).rejects.toMatchObject({ kind: 'not-found' });
  });
});

describe('a write whose answer was lost', () => {
  it('is found done, and not sent again', async () => {
    const { outcome, tenant, asked, pauses } = await applying({ instead: failing('assignAppRole', 1, failure('uncertain', 0), true) });
    expect(await outcome).toMatchObject(nothingLeft);
    expect(asked.filter((name) => name === 'assignAppRole')).toHaveLength(2);
    expect(tenant.roleGrants).toHaveLength(2);
    expect(pauses).toEqual(['service']);
  });

  it('is sent again when nothing shows it for ten minutes', async () => {
    const { outcome, tenant, waited, pauses } = await applying({ instead: failing('assignAppRole', 1, failure('uncertain', 0)) });
    expect(await outcome).toMatchObject(nothingLeft);
    expect(tenant.roleGrants).toHaveLength(2);
    expect(waited()).toBeGreaterThanOrEqual(10 * minute);
    expect(pauses[0]).toBe('service');
  });

  it('is given up in the end', async () => {
    const { outcome, waited } = await applying({ instead: failing('assignAppRole', 1000, failure('uncertain', 503)) });
    await expect(outcome).rejects.toMatchObject({ code: 'registration.not-yet-replicated' });
    expect(waited()).toBeGreaterThan(10 * minute);
    expect(waited()).toBeLessThan(16 * minute);
  });
});

describe('consent that this administrator may not give', () => {
  it('is told once, and everything else is done', async () => {
    const { outcome, asked, told } = await applying({ instead: failing('assignAppRole', 1000, failure('forbidden', 403)) });
    const done = await outcome;
    expect(done.refused.map(({ change }) => change.change)).toEqual(['grant-role', 'grant-role']);
    expect(done.plan.changes).toHaveLength(2);
    expect(asked.filter((name) => name === 'assignAppRole')).toHaveLength(2);
    expect(told.filter((line) => line.endsWith('refused'))).toEqual(['grant-role refused', 'grant-role refused']);
    expect(done.applied.map(({ change }) => change.change)).toContain('grant-scopes');
  });
});

describe('a resource that is not in the tenant', () => {
  const without = () => ({ ...emptyTenant(), resources: { [graphResource.appId]: graphResource, [exchangeResource.appId]: null } });

  it('is instantiated, and its role granted without asking again', async () => {
    const { outcome, confirmed, tenant } = await applying({ tenant: without() });
    expect(await outcome).toMatchObject(nothingLeft);
    expect(confirmed).toEqual([]);
    expect(tenant.roleGrants).toHaveLength(2);
  });

  it('is waited for until it offers its roles', async () => {
    let left = 3;
    const late = (own: Directory): Partial<Directory> => ({
      readBatch: async (paths, signal) => {
        const answers = await own.readBatch(paths, signal);
        const name = `resource ${exchangeResource.appId}` as keyof typeof answers;
        const answer = answers[name];
        if (answer === undefined || !answer.ok || left <= 0) return answers;
        left -= 1;
        return { ...answers, [name]: { ok: true, value: { ...(answer.value as object), appRoles: [] } } };
      },
    });
    const { outcome, pauses, tenant } = await applying({ tenant: without(), instead: late });
    expect(await outcome).toMatchObject(nothingLeft);
    expect(pauses.length).toBeGreaterThanOrEqual(2);
    expect(tenant.roleGrants).toHaveLength(2);
  });
});

describe('a tenant that somebody else changes meanwhile', () => {
  const connected = async () => {
    const { tenant, outcome } = await applying({});
    await outcome;
    return tenant;
  };
  /** Does something once, before the application is read for the write. */
  const meanwhile =
    (tenant: FakeTenant, act: (web: Record<string, unknown>) => object, times = 1) =>
    (own: Directory): Partial<Directory> => {
      let left = times;
      return {
        read: async (path, signal) => {
          if (left > 0 && tenant.application !== null) {
            left -= 1;
            tenant.application = {
              ...tenant.application,
              web: { ...(tenant.application['web'] as object), ...act(tenant.application['web'] as never) },
            };
          }
          return own.read(path, signal);
        },
      };
    };
  const idTokensOff = { implicitGrantSettings: { enableIdTokenIssuance: false, enableAccessTokenIssuance: false } };
  const idTokensOn = { implicitGrantSettings: { enableIdTokenIssuance: true, enableAccessTokenIssuance: false } };
  const broken = (tenant: FakeTenant) =>
    Object.assign(tenant, {
      application: { ...tenant.application, web: { ...(tenant.application?.['web'] as object), redirectUris: [] } },
    });

  it('is asked about where more is to do than was confirmed', async () => {
    const tenant = broken(await connected());
    const { outcome, confirmed } = await applying({ tenant, instead: meanwhile(tenant, () => idTokensOff) });
    expect(await outcome).toMatchObject(nothingLeft);
    expect(confirmed).toEqual([['set-redirect-uris', 'enable-id-tokens']]);
  });

  it('is left alone where that is declined', async () => {
    const tenant = broken(await connected());
    const run = { confirm: () => Promise.resolve(false) };
    const { outcome, asked } = await applying({ tenant, instead: meanwhile(tenant, () => idTokensOff), run });
    await expect(outcome).rejects.toMatchObject({ code: 'input.declined' });
    expect(asked).toEqual([]);
  });

  it('needs nothing any more where somebody did the same', async () => {
    const tenant = broken(await connected());
    const { outcome, asked, confirmed } = await applying({
      tenant,
      instead: meanwhile(tenant, () => ({ redirectUris: [desired.redirectUri] })),
    });
    expect(await outcome).toMatchObject({ ...nothingLeft, applied: [] });
    expect([asked, confirmed]).toEqual([[], []]);
  });

  it('is waited for where it never agrees with itself', async () => {
    const tenant = broken(await connected());
    let turn = 0;
    // What is read for the write says otherwise than what was planned for, each time.
    const flicker = meanwhile(tenant, () => ((turn += 1) % 2 === 0 ? idTokensOn : idTokensOff), 7);
    const { outcome, pauses } = await applying({ tenant, instead: flicker });
    await expect(outcome).resolves.toMatchObject(nothingLeft);
    // Three times it is planned anew at once; from then on each time after a pause.
    expect(pauses).toHaveLength(4);
  });
});
