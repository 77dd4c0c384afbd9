import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GraphFailure, type ReadAnswer } from '../../../main/directory/directory.ts';
import type { ObservedApplication } from '../../../main/registration/observed.ts';
import { policyIn } from '../../../main/registration/observe/policy.ts';
import { planKeyCredentials } from '../../../main/registration/plan/key-credentials.ts';
import { planRegistration } from '../../../main/registration/plan/index.ts';
import { allowedEnd } from '../../../main/registration/plan/lifetime.ts';
import { desired, noLimit, observedTenant } from './generated-tenant.ts';

const now = new Date('2026-11-24T12:00:00Z');
const days = 86_400;
const lifetime = (maxLifetime: string, more: object = {}) => ({
  keyCredentials: [{ restrictionType: 'asymmetricKeyLifetime', state: 'enabled', maxLifetime, ...more }],
});
const ok = (value: unknown): ReadAnswer<unknown> => ({ ok: true, value });
const forbidden: ReadAnswer<unknown> = {
  ok: false,
  failure: new GraphFailure('forbidden', { status: 403, code: 'Authorization_RequestDenied', message: 'x' }),
};
const notOffered: ReadAnswer<unknown> = {
  ok: false,
  failure: new GraphFailure('invalid', { status: 400, code: 'BadRequest', message: 'x' }),
};
const missing: ReadAnswer<unknown> = {
  ok: false,
  failure: new GraphFailure('not-found', { status: 404, code: 'Request_ResourceNotFound', message: 'x' }),
};
const tenants = (restrictions: object, isEnabled = true) =>
  ok({ id: 'tenant', displayName: 'Default', isEnabled, applicationRestrictions: restrictions });
const own = (restrictions: object, isEnabled = true) => ok({ value: [{ id: 'own', displayName: 'Own', isEnabled, restrictions }] });
const created = (createdDateTime: string) => ({ createdDateTime }) as ObservedApplication;

describe('the policy that decides', () => {
  it.each([
    ['P365D', 365 * days],
    ['P1Y', 365 * days],
    ['P2M', 60 * days],
    ['P1W', 7 * days],
    ['P4DT12H30M5S', 4 * days + 12 * 3600 + 30 * 60 + 5],
    ['a year', null],
  ])('reads %s', (text, maxLifetimeSeconds) => {
    expect(policyIn({ policy: tenants(lifetime(text)) }, null, now)).toEqual({
      id: 'tenant',
      displayName: 'Default',
      maxLifetimeSeconds,
      trustedAuthorityRequired: false,
    });
  });

  it('is the application’s own where it has one, which inherits nothing', () => {
    const application = created('2026-01-01T00:00:00Z');
    const policy = tenants(lifetime('P100D'));
    expect(policyIn({ policy, applicationPolicy: own(lifetime('P10D')) }, application, now)).toMatchObject({
      id: 'own',
      displayName: 'Own',
      maxLifetimeSeconds: 10 * days,
    });
    expect(policyIn({ policy, applicationPolicy: own({ keyCredentials: [] }) }, application, now)).toMatchObject({
      id: 'own',
      maxLifetimeSeconds: null,
    });
    expect(policyIn({ policy, applicationPolicy: own(lifetime('P10D'), false) }, application, now)).toMatchObject({
      id: 'own',
      maxLifetimeSeconds: null,
    });
    expect(policyIn({ policy, applicationPolicy: ok({ value: [] }) }, application, now)).toMatchObject({
      id: 'tenant',
      maxLifetimeSeconds: 100 * days,
    });
    expect(policyIn({ policy, applicationPolicy: missing }, application, now)).toMatchObject({ id: 'tenant' });
  });

  it('is not known where one of the two cannot be read', () => {
    expect(policyIn({ policy: forbidden }, null, now)).toBeNull();
    for (const applicationPolicy of [forbidden, notOffered])
      expect(policyIn({ policy: tenants(lifetime('P100D')), applicationPolicy }, created('2026-01-01T00:00:00Z'), now)).toBeNull();
  });

  it('counts for applications created after its date: for a new one, now', () => {
    const policy = tenants(lifetime('P100D', { restrictForAppsCreatedAfterDateTime: '2026-06-01T00:00:00Z' }));
    expect(policyIn({ policy }, created('2026-05-31T00:00:00Z'), now)?.maxLifetimeSeconds).toBeNull();
    expect(policyIn({ policy }, created('2026-06-02T00:00:00Z'), now)?.maxLifetimeSeconds).toBe(100 * days);
    expect(policyIn({ policy }, null, now)?.maxLifetimeSeconds).toBe(100 * days);
  });
});

describe('the end that is allowed', () => {
  const notBefore = new Date('2026-11-24T11:50:00Z');
  const within = fc.integer({ min: days, max: 2000 * days });

  it('is never later than asked, never beyond the limit, and no earlier than it has to be', () => {
    fc.assert(
      fc.property(within, fc.option(within, { nil: null }), (asked, maxLifetimeSeconds) => {
        const end = allowedEnd({ notBefore, notAfter: new Date(notBefore.getTime() + asked * 1000) }, { ...noLimit, maxLifetimeSeconds });
        expect((end.getTime() - notBefore.getTime()) / 1000).toBe(Math.min(asked, maxLifetimeSeconds ?? asked));
      }),
    );
  });

  it('is left as asked where the policy is not known, or leaves less than a day', () => {
    const dates = { notBefore, notAfter: new Date('2028-02-24T11:50:00Z') };
    expect(allowedEnd(dates, null)).toBe(dates.notAfter);
    expect(allowedEnd(dates, { ...noLimit, maxLifetimeSeconds: days - 1 })).toBe(dates.notAfter);
    expect(allowedEnd(dates, { ...noLimit, maxLifetimeSeconds: days })).toEqual(new Date('2026-11-25T11:50:00Z'));
  });
});

describe('a lifetime that the policy cut', () => {
  const [tenant] = fc.sample(
    observedTenant.filter(({ application }) => application !== null),
    1,
  );
  const policy = { ...noLimit, maxLifetimeSeconds: 4000 * days };

  it.each([
    ['the whole registration', planRegistration],
    ['a rotation', planKeyCredentials],
  ])('is told with policy, limit and both ends in the plan of %s', (_name, plan) => {
    if (tenant === undefined) throw new Error('no sample');
    const found = (askedEnd: string | null) =>
      plan({ ...desired, askedEnd }, { ...tenant, policy }).findings.filter(({ finding }) => finding === 'lifetime-clamped');
    expect(found(null)).toEqual([]);
    const given = desired.certificate?.notAfter ?? '';
    const params = {
      policy: 'Default app management tenant policy',
      policyId: '00000000-0000-0000-0000-000000000000',
      limit: '4000',
      asked: '2099-12-31',
      given: given.slice(0, 10),
    };
    expect(found('2099-12-31T23:59:59Z')).toEqual([{ finding: 'lifetime-clamped', id: 'lifetime-clamped', acceptable: false, params }]);
    const sameDay = `${given.slice(0, 10)}T23:59:59Z`;
    expect(found(sameDay)[0]?.params).toMatchObject({ asked: `${given.slice(0, 10)} 23:59`, given: given.slice(0, 16).replace('T', ' ') });
  });
});
