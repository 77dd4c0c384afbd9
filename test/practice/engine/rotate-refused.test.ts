import { describe, expect, it } from 'vitest';
import { confirmHandover } from '../../../main/registration/verbs/index.ts';
import { rotate } from '../../../main/registration/verbs/rotate.ts';
import { harness, tenantOf } from './harness.ts';
import { alone, publishedIn, recordOf, rotateAlone, states, unattended } from './rotation-harness.ts';

describe('a rotation that cannot be', () => {
  it('says what to do when every certificate has ended, and makes no key for nothing', async () => {
    const here = await harness();
    await here.connect();
    const { certificate, id } = recordOf(here);
    if (certificate === null) throw new Error('no certificate');
    const times = { notBefore: '2025-01-01T00:00:00Z', notAfter: '2026-01-01T00:00:00Z' };
    here.services.engine.store.change(id, () => ({ certificate: { ...certificate, ...times } }));
    Object.assign(tenantOf(here).applications[0]?.keyCredentials?.[0] ?? {}, {
      startDateTime: times.notBefore,
      endDateTime: times.notAfter,
    });
    const accounts = await here.keychain.accounts();
    await expect(rotateAlone(here)).rejects.toMatchObject({ code: 'rotation.no-valid-certificate', kind: 'check-failed' });
    expect(await here.keychain.accounts()).toEqual(accounts);
    expect(publishedIn(here)).toHaveLength(1);
  });

  it.each([true, false])(
    'a certificate that a policy nobody could read refuses is not the current one, and a shorter one is taken (unattended: %s)',
    async (alonely) => {
      const here = await harness();
      // The owner of the application, who may not read policies.
      const owner = here.run(here.account('Privileged Role Administrator'));
      await here.connect({}, owner);
      const before = recordOf(here);
      const accounts = await here.keychain.accounts();
      tenantOf(here).applicationPolicies[before.objectId ?? ''] = {
        id: 'p',
        isEnabled: true,
        applicationRestrictions: { keyCredentials: [{ restrictionType: 'asymmetricKeyLifetime', state: 'enabled', maxLifetime: 'P100D' }] },
      };
      const run = alonely ? alone(here) : owner;
      const wish = { ...unattended, unattended: alonely };
      await expect(rotate(here.services.engine, wish, run)).rejects.toMatchObject({ code: 'registration.policy-refused' });
      const { certificate, earlierCertificates, proof, state } = recordOf(here);
      expect({ certificate, earlierCertificates, proof, state }).toEqual({
        certificate: before.certificate,
        earlierCertificates: [],
        proof: before.proof,
        state: before.state,
      });
      expect(await here.keychain.accounts()).toEqual(accounts);
      expect((await rotate(here.services.engine, { ...wish, lifetime: { months: 3 } }, run)).timeline.map((each) => each.state)).toEqual([
        'created',
        'published',
        'proven',
      ]);
      expect(publishedIn(here)).toHaveLength(2);
    },
  );

  it('says so when Microsoft does not take the proof', async () => {
    const here = await harness();
    await here.connect();
    const [application] = tenantOf(here).applications;
    here.server.faultOn(({ path }) => {
      if (path.endsWith('/addKey') && application !== undefined) application.keyCredentials = [];
      return false;
    }, 'drop-before');
    await expect(rotateAlone(here)).rejects.toMatchObject({ code: 'rotation.proof-refused' });
  });

  it('two at the same time make one new certificate', async () => {
    const here = await harness();
    await here.connect();
    const other = await here.open();
    const [first, second] = await Promise.allSettled([rotateAlone(here), rotate(other.engine, unattended, alone(here))]);
    expect([first.status, second.status].toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(first.status === 'rejected' ? first.reason : second.status === 'rejected' ? second.reason : null).toMatchObject({
      code: 'lease.held',
    });
    expect(publishedIn(here)).toHaveLength(2);
  });
});

describe('what is asked for wrongly', () => {
  it('an overlap beyond the new certificate', async () => {
    const here = await harness();
    await here.connect({ lifetime: { months: 1 } });
    await expect(rotateAlone(here, { overlapDays: 40 })).rejects.toMatchObject({ code: 'rotation.overlap-too-long', params: { days: 40 } });
    expect(publishedIn(here)).toHaveLength(1);
  });

  it('a handover before the certificate is published', async () => {
    const here = await harness();
    await here.connect();
    here.server.faultOn(({ path }) => path.endsWith('/addKey'), 'status:503');
    here.server.faultOn(({ path }) => path.endsWith('/addKey'), 'drop-before', { times: 99 });
    await expect(rotateAlone(here)).rejects.toMatchObject({ kind: 'unreachable' });
    expect(states(recordOf(here))).toEqual(['created']);
    expect(() => confirmHandover(here.services.engine, 'Contoso archive', recordOf(here).certificate?.thumbprint)).toThrow(
      expect.objectContaining({ code: 'handover.not-published' }),
    );
  });
});
