import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applicationBody } from '../../../main/registration/apply/application-body.ts';
import type { Desired } from '../../../main/registration/desired.ts';
import type { Observed } from '../../../main/registration/observed.ts';
import { planRegistration } from '../../../main/registration/plan/index.ts';
import { carriedOut } from './carried-out.ts';
import { desired, noLimit, observedTenant } from './generated-tenant.ts';

/** Applies and plans afresh, as apply does; a resource that was missing needs a second round. */
function settle(wanted: Desired, first: Observed): { observed: Observed; rounds: number } {
  let observed = first;
  for (let rounds = 0; ; rounds += 1) {
    const { changes } = planRegistration(wanted, observed);
    if (changes.length === 0 || rounds > 3) return { observed, rounds };
    observed = carriedOut(
      observed,
      changes.map((each) => each.change),
    );
  }
}

const foreignIds = (observed: Observed) => ({
  keys:
    observed.application?.keyCredentials
      .filter((key) => key.thumbprintSha256 !== desired.certificate?.thumbprintSha256)
      .map((key) => key.entry) ?? [],
  uris: observed.application?.redirectUris ?? [],
  required:
    observed.application?.required.flatMap((entry) =>
      entry.resourceAccess.map((access) => `${entry.resourceAppId} ${access.id} ${access.type}`),
    ) ?? [],
  grants: observed.roleGrants.map((grant) => `${grant.resourceId} ${grant.appRoleId}`),
  scopes: observed.delegatedGrants.flatMap((grant) => grant.scope.split(' ')).filter((scope) => scope !== ''),
});

describe('the law of the plan', () => {
  it('leaves nothing to do after it was applied, whatever the tenant looked like', () => {
    fc.assert(
      fc.property(observedTenant, fc.boolean(), (observed, adopted) => {
        const wanted =
          adopted && observed.application !== null ? { ...desired, uniqueName: null, clientId: observed.application.clientId } : desired;
        const { observed: after, rounds } = settle(wanted, observed);
        expect(planRegistration(wanted, after).changes).toEqual([]);
        expect(rounds).toBeLessThanOrEqual(2);
      }),
      { numRuns: 400 },
    );
  });

  it('takes away nothing that is not ours', () => {
    fc.assert(
      fc.property(observedTenant, (observed) => {
        const before = foreignIds(observed);
        const after = foreignIds(settle(desired, observed).observed);
        for (const kind of ['keys', 'uris', 'required', 'grants', 'scopes'] as const)
          expect(after[kind]).toEqual(expect.arrayContaining([...before[kind]]));
      }),
      { numRuns: 400 },
    );
  });

  it('is a pure function of what is desired and what was observed', () => {
    fc.assert(
      fc.property(observedTenant, (observed) => {
        const copy = structuredClone(observed);
        const first = planRegistration(desired, observed);
        expect(observed).toEqual(copy);
        expect(planRegistration(desired, copy)).toEqual(first);
      }),
    );
  });

  it('carries out what was accepted and nothing else that removes', () => {
    fc.assert(
      fc.property(observedTenant, (observed) => {
        const acceptable = planRegistration(desired, observed).findings.filter((finding) => finding.acceptable);
        const accepted = acceptable.map((finding) => finding.id);
        const { observed: after } = settle({ ...desired, accepted }, observed);
        const left = planRegistration({ ...desired, accepted }, after).findings.filter((finding) => finding.acceptable);
        expect(left).toEqual([]);
        const removing = planRegistration(desired, observed).changes.filter(
          (each) => each.removes && each.change.change !== 'disable-access-tokens' && each.change.change !== 'clear-logout-url',
        );
        expect(removing).toEqual([]);
      }),
    );
  });
});

describe('an adopted application', () => {
  const adopted = (observed: Observed): Desired => ({ ...desired, uniqueName: null, clientId: observed.application?.clientId ?? null });

  it('keeps access tokens and logout URL until their findings are accepted', () => {
    fc.assert(
      fc.property(
        observedTenant.filter((observed) => observed.application !== null),
        (observed) => {
          const plan = planRegistration(adopted(observed), observed);
          const kinds = plan.changes.map((each) => each.change.change);
          expect(kinds).not.toContain('disable-access-tokens');
          expect(kinds).not.toContain('clear-logout-url');
          const found = plan.findings.map((finding) => finding.finding);
          expect(found.includes('access-tokens')).toBe(observed.application?.accessTokens);
          expect(found.includes('logout-url')).toBe(observed.application?.logoutUrl !== null);
        },
      ),
    );
  });

  it('is never created', () => {
    const [sample] = fc.sample(
      observedTenant.filter((observed) => observed.application === null),
      1,
    );
    if (sample === undefined) throw new Error('no sample');
    const plan = planRegistration({ ...desired, uniqueName: null, clientId: 'gone' }, sample);
    expect(plan.changes).toEqual([]);
    expect(plan.obstacles.map((obstacle) => obstacle.code)).toEqual(['registration.application-missing']);
  });
});

describe('the request body', () => {
  it('sends every foreign key credential back as it was read, without its key', () => {
    fc.assert(
      fc.property(
        observedTenant.filter((observed) => (observed.application?.keyCredentials.length ?? 0) > 0),
        (observed) => {
          const changes = planRegistration(desired, observed).changes.map((each) => each.change);
          const body = applicationBody(changes, observed.application);
          if (body.keyCredentials === undefined) return;
          for (const key of observed.application?.keyCredentials ?? [])
            expect(body.keyCredentials).toContainEqual({ ...key.entry, key: null });
        },
      ),
    );
  });
});

describe('obstacles', () => {
  const fresh = fc.sample(
    observedTenant.filter((observed) => observed.application === null),
    1,
  )[0];

  it.each([
    ['a limit below the lifetime', { maxLifetimeSeconds: 365 * 86_400 }, ['registration.policy-lifetime']],
    ['a demanded authority', { trustedAuthorityRequired: true }, ['registration.policy-authority']],
    ['no restriction', { maxLifetimeSeconds: 730 * 86_400 }, []],
  ])('%s', (_name, policy, codes) => {
    if (fresh === undefined) throw new Error('no sample');
    expect(planRegistration(desired, { ...fresh, policy: { ...noLimit, ...policy } }).obstacles.map((obstacle) => obstacle.code)).toEqual(
      codes,
    );
  });
});
