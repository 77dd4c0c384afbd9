import { describe, expect, it } from 'vitest';
import { rotateExternal } from '../../../main/registration/verbs/index.ts';
import { Fault } from '../../../main/faults.ts';
import type { AppManagementPolicy, AppManagementRestriction } from '../../../main/practice/world.ts';
import { repair } from '../../../main/registration/verbs/repair.ts';
import type { Report } from '../../../main/registration/run/report.ts';
import { rotate } from '../../../main/registration/verbs/rotate.ts';
import { createTexts, languages } from '../../../main/texts/index.ts';
import { ours } from '../../unit/certificates/samples.ts';
import { defaults, harness, kindly, tenantOf, type Harness } from './harness.ts';
import { publishedIn, recordOf, states, unattended } from './rotation-harness.ts';

const day = 86_400_000;
const id = '33333333-3333-4333-8333-333333333333';

const policy = (restriction: Partial<AppManagementRestriction>, displayName = 'Short certificates'): AppManagementPolicy => ({
  id,
  displayName,
  isEnabled: true,
  applicationRestrictions: { keyCredentials: [{ restrictionType: 'asymmetricKeyLifetime', state: 'enabled', ...restriction }] },
});

function byDefault(here: Harness, restriction: Partial<AppManagementRestriction>): void {
  tenantOf(here).defaultAppManagementPolicy = policy(restriction);
}

/** The policy of the first application itself. */
function byApplication(here: Harness, restriction: Partial<AppManagementRestriction>): void {
  const [application] = tenantOf(here).applications;
  if (application === undefined) throw new Error('no application');
  tenantOf(here).applicationPolicies[application.id] = policy(restriction, 'Archive only');
}

const clamped = (report: Report) => report.findings.filter(({ finding }) => finding === 'lifetime-clamped').map(({ text }) => text);

function livesFor(report: Report): number {
  const { certificate } = report.credential;
  return certificate === null ? 0 : (Date.parse(certificate.notAfter) - Date.parse(certificate.notBefore)) / day;
}

const attended = { ...unattended, unattended: false };

describe('a certificate of ours under a policy', () => {
  it('lives as long as the tenant allows, which is said before and after', async () => {
    const here = await harness();
    byDefault(here, { maxLifetime: 'P180D', restrictForAppsCreatedAfterDateTime: '2020-01-01T00:00:00Z' });
    const seen: string[] = [];
    const run = here.run(undefined, {
      confirm: ({ findings }) => {
        seen.push(...findings.map(({ finding }) => finding));
        return Promise.resolve(true);
      },
    });
    const planned = clamped(await here.connect({ planOnly: true }));
    const report = await here.connect({}, run);
    expect(livesFor(report)).toBe(180);
    expect(seen).toContain('lifetime-clamped');
    expect(clamped(report)).toEqual([
      expect.stringMatching(
        /^The app management policy “Short certificates” \(33333333-\S+\) allows certificates of at most 180 days: the new one expires on \d{4}-\d\d-\d\d, not on \d{4}-\d\d-\d\d as asked for\.$/,
      ),
    ]);
    expect(planned).toEqual(clamped(report));
    expect(report.proof?.ok).toBe(true);
    // Nothing new is published, so there is nothing to be said of it.
    expect(clamped(await here.connect())).toEqual([]);
  });

  it('costs not one request more', async () => {
    const free = await harness({ knobs: kindly });
    const limited = await harness({ knobs: kindly });
    byDefault(limited, { maxLifetime: 'P180D' });
    for (const here of [free, limited]) expect((await here.connect()).requests).toMatchObject({ graph: 9, sequential: 6 });
  });

  it('is as long as asked where that is allowed', async () => {
    const here = await harness();
    byDefault(here, { maxLifetime: 'P180D' });
    const until = new Date(Date.now() + 100 * day).toISOString().slice(0, 10);
    const report = await here.connect({ lifetime: { until } });
    expect(report.credential.certificate?.notAfter).toBe(`${until}T23:59:59Z`);
    expect(clamped(report)).toEqual([]);
  });

  it('follows the policy of the application itself, whichever way it differs', async () => {
    for (const [tenants, own, lifetime] of [
      ['P100D', 'P300D', 300],
      ['P300D', 'P100D', 100],
    ] as const) {
      const here = await harness();
      await here.connect({ name: 'first' });
      byDefault(here, { maxLifetime: tenants });
      byApplication(here, { maxLifetime: own });
      const clientId = tenantOf(here).applications[0]?.appId ?? '';
      const adopted = await here.connect({ name: 'adopted', clientId, redirectUri: 'https://second.example.com/oidc/signin' });
      expect(livesFor(adopted)).toBe(lifetime);
      expect(clamped(adopted)[0]).toContain('“Archive only”');
      for (const account of await here.keychain.accounts()) await here.keychain.delete(account);
      const healed = await repair(
        here.services.engine,
        { credential: 'adopted', certificate: null, keySize: 2048, lifetime: { months: 15 }, planOnly: false },
        here.run(),
      );
      expect(livesFor(healed)).toBe(lifetime);
    }
  });

  it('is refused where the policy leaves less than a day', async () => {
    const here = await harness();
    byDefault(here, { maxLifetime: 'PT12H' });
    await expect(here.connect()).rejects.toMatchObject({
      code: 'registration.policy-lifetime',
      kind: 'not-permitted',
      params: { limit: 0.5, policyId: id },
    });
    expect(tenantOf(here).applications).toEqual([]);
  });
});

describe('a policy that the administrator may not read', () => {
  const unread = (here: Harness) => here.run(here.account('Privileged Role Administrator'));

  it('lets Microsoft decide; what is refused is not kept, and a shorter one is taken', async () => {
    const here = await harness();
    byDefault(here, { maxLifetime: 'P100D' });
    const refused: unknown = await here.connect({}, unread(here)).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'registration.policy-refused' });
    for (const language of languages) expect(createTexts(language).faultText(refused as Fault).fix).toMatch(/--valid-months.+--until/);
    expect(recordOf(here)).toMatchObject({ certificate: null, earlierCertificates: [], rotation: null });
    expect(await here.keychain.accounts()).toEqual([]);
    const done = await here.connect({ lifetime: { months: 3 } }, unread(here));
    expect(done.findings.map(({ finding }) => finding)).toContain('policy-unreadable');
    expect(publishedIn(here)).toHaveLength(1);
  });

  it('leaves a stored credential as it was', async () => {
    const here = await harness();
    await here.connect({}, unread(here));
    const before = recordOf(here);
    byDefault(here, { maxLifetime: 'P100D' });
    const { certificate } = await ours('MailStore');
    await expect(here.connect({ custody: 'external', certificate }, unread(here))).rejects.toMatchObject({
      code: 'registration.policy-refused',
    });
    const { updatedAt: _updated, version: _version, rotation: _none, ...kept } = before;
    expect(recordOf(here)).toMatchObject(kept);
    expect(states(recordOf(here))).toEqual(['created', 'rolled-back']);
  });
});

describe('an attended rotation under a policy', () => {
  it('makes the new certificate as long as the policy of the application allows', async () => {
    const here = await harness();
    await here.connect();
    byApplication(here, { maxLifetime: 'P100D' });
    const report = await rotate(here.services.engine, attended, here.run());
    expect(report.timeline.map(({ state }) => state)).toEqual(['created', 'published', 'proven']);
    expect(livesFor(report)).toBe(100);
    expect(clamped(report)).toEqual([expect.stringContaining('“Archive only”')]);
  });

  it('refuses an overlap that the shortened certificate does not outlive, and changes nothing', async () => {
    const here = await harness();
    await here.connect();
    byApplication(here, { maxLifetime: 'P100D' });
    const before = recordOf(here);
    const accounts = await here.keychain.accounts();
    await expect(rotate(here.services.engine, { ...attended, overlapDays: 120 }, here.run())).rejects.toMatchObject({
      code: 'rotation.overlap-too-long',
      params: { days: 120, limit: 99 },
    });
    expect(recordOf(here)).toEqual(before);
    expect(await here.keychain.accounts()).toEqual(accounts);
    expect(publishedIn(here)).toHaveLength(1);
    await rotate(here.services.engine, { ...attended, overlapDays: 90 }, here.run());
    expect(states(recordOf(here))).toEqual(['created', 'published', 'proven']);
  });
});

describe('the server’s certificate against a policy', () => {
  /** Signing in leaves a consent, and nothing else. */
  const withoutOwnConsent = (here: Harness) => {
    const signInClient = tenantOf(here).servicePrincipals.find(({ appId }) => appId === '14d82eec-204b-4c2f-b7e8-296a70dab67e');
    return tenantOf(here).oauth2PermissionGrants.filter(({ clientId }) => clientId !== signInClient?.id);
  };
  const untouched = (here: Harness) =>
    JSON.stringify({
      tenant: { ...tenantOf(here), consents: null, unreplicated: null, oauth2PermissionGrants: withoutOwnConsent(here) },
      credentials: here.services.engine.store.list(),
      trail: here.services.trail.list({}),
    });

  async function refusal(here: Harness, work: Promise<unknown>): Promise<Fault> {
    const before = untouched(here);
    const error: unknown = await work.catch((caught: unknown) => caught);
    expect(untouched(here)).toBe(before);
    if (!(error instanceof Fault)) throw new Error('not refused');
    return error;
  }

  /** Message and fix name the policy, the limit, and what can be done; an option for certificates of ours cannot help. */
  function expectHelpful(fault: Fault, ...needed: (string | RegExp)[]): void {
    for (const language of languages) {
      const { message, fix } = createTexts(language).faultText(fault);
      const text = `${message} ${fix}`;
      for (const each of [id, 'CN=MailStore', ...needed]) expect(text).toMatch(each);
      expect(text).not.toMatch(/--valid-months|--until/);
    }
  }

  it.each(['default', 'own'] as const)('that is too long is refused before any write (%s policy)', async (which) => {
    const here = await harness();
    const { certificate } = await ours('MailStore');
    await here.connect({ custody: 'external' });
    (which === 'own' ? byApplication : byDefault)(here, { maxLifetime: 'P365D' });
    const name = which === 'own' ? 'Archive only' : 'Short certificates';
    for (const work of [
      () => here.connect({ custody: 'external', certificate }),
      () =>
        repair(
          here.services.engine,
          { credential: defaults.name, certificate, keySize: 2048, lifetime: { months: 1 }, planOnly: false },
          here.run(),
        ),
    ]) {
      const fault = await refusal(here, work());
      expect(fault).toMatchObject({
        code: 'registration.policy-lifetime',
        kind: 'not-permitted',
        params: { policy: name, policyId: id, limit: 365 },
      });
      expectHelpful(fault, name, '365', 'asymmetricKeyLifetime');
    }
  });

  it('that is self-signed is refused before any write where an authority is demanded', async () => {
    const here = await harness();
    const { certificate } = await ours('MailStore');
    byDefault(here, { restrictionType: 'trustedCertificateAuthority', maxLifetime: null });
    const fault = await refusal(here, here.connect({ custody: 'external', certificate }));
    expect(fault).toMatchObject({ code: 'registration.policy-authority', params: { policy: 'Short certificates', policyId: id } });
    expectHelpful(fault, 'Short certificates', '--certificate', 'trustedCertificateAuthority');
  });

  it('is validated when it takes the place of another too', async () => {
    const here = await harness();
    const first = await ours('MailStore');
    await here.connect({ custody: 'external', certificate: first.certificate });
    byApplication(here, { maxLifetime: 'P100D' });
    const { certificate } = await ours('MailStore');
    const wish = { credential: defaults.name, certificate: Promise.resolve(certificate), overlapDays: null };
    expect(await refusal(here, rotateExternal(here.services.engine, wish, here.run()))).toMatchObject({
      code: 'registration.policy-lifetime',
      params: { policy: 'Archive only' },
    });
  });

  it('is taken where the policy of the application exempts it', async () => {
    const here = await harness();
    await here.connect({ custody: 'external' });
    byDefault(here, { maxLifetime: 'P100D' });
    byApplication(here, { state: 'disabled' });
    const { certificate } = await ours('MailStore');
    expect((await here.connect({ custody: 'external', certificate })).credential.certificate?.thumbprint).toBe(certificate.thumbprint);
  });
});
