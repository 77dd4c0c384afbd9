import { describe, expect, it } from 'vitest';
import { toCer, type Certificate } from '../../../main/certificates/index.ts';
import { connect, markStep, verify, type NextAct, type Stay } from '../../../main/registration/index.ts';
import { ours } from '../../unit/certificates/samples.ts';
import { defaults, harness, kindly, tenantOf, type Harness } from './harness.ts';
import { publishedIn, recordOf } from './rotation-harness.ts';

/** Connects, and answers the questions of the session that stays with these acts, one after the other. */
async function staying(here: Harness, request: Partial<typeof defaults>, ...acts: ((stay: Stay) => NextAct | Promise<NextAct>)[]) {
  const stays: Stay[] = [];
  const asked: string[][] = [];
  const run = here.run(undefined, {
    confirm: ({ changes }) => {
      asked.push(changes.map(({ change }) => change.change));
      return Promise.resolve(true);
    },
  });
  const stay = async (now: Stay): Promise<NextAct> => {
    const act = acts[stays.push(now) - 1];
    return act === undefined ? { act: 'end', removeConsent: false } : act(now);
  };
  const done = await connect(here.services.engine, { ...defaults, ...request, stay }, run);
  return { done, stays, asked };
}

const publish = (certificate: Certificate) => (): NextAct => ({ act: 'publish', certificate });
const removing = (): NextAct => ({ act: 'end', removeConsent: true });
const signIns = ({ events }: Harness) => events.filter(({ kind }) => kind === 'signed-in').length;

/** Consent of the client that signs in, in the first tenant. */
function consentOf(here: Harness): string[] {
  const tenant = tenantOf(here);
  const client = tenant.servicePrincipals.find(({ appId }) => appId === '14d82eec-204b-4c2f-b7e8-296a70dab67e');
  return tenant.oauth2PermissionGrants
    .filter(({ clientId }) => clientId === client?.id)
    .flatMap(({ scope }) => scope.split(' ').toSorted());
}

describe('the certificate of the server', () => {
  it('is published in the session that registered, after one plan and one sign-in', async () => {
    const here = await harness();
    const { certificate } = await ours('MailStore');
    const { done, stays, asked } = await staying(here, { custody: 'external' }, publish(certificate));
    expect(stays.map(({ done: at }) => at.credential.state)).toEqual(['waiting-certificate', 'set-up']);
    expect(asked).toHaveLength(1);
    expect(asked.flat()).not.toContain('add-key-credential');
    expect(signIns(here)).toBe(1);
    expect(publishedIn(here)).toEqual([certificate.thumbprint]);
    expect(done.credential.certificate?.thumbprint).toBe(certificate.thumbprint);
    expect(here.events.at(-1)?.kind).toBe('signed-out');
  });

  it('is waited for without the lease: whoever ticks a step or verifies meanwhile is not refused', async () => {
    const here = await harness();
    const { engine } = here.services;
    const { certificate } = await ours('MailStore');
    await staying(here, { custody: 'external' }, async ({ done }) => {
      markStep(engine, done.credential.id, 'credential', true);
      await verify(engine, done.credential.id, { signIn: false }, here.run());
      return { act: 'publish', certificate };
    });
    expect(recordOf(here)).toMatchObject({
      sheet: { credential: { by: 'person' } },
      certificate: { thumbprint: certificate.thumbprint },
    });
  });

  it('that Microsoft refuses leaves the session open for another one', async () => {
    const here = await harness({ knobs: kindly });
    tenantOf(here).defaultAppManagementPolicy = {
      id: '33333333-3333-4333-8333-333333333333',
      displayName: 'Short certificates',
      isEnabled: true,
      applicationRestrictions: {
        keyCredentials: [
          {
            restrictionType: 'asymmetricKeyLifetime',
            state: 'enabled',
            maxLifetime: 'P30D',
            restrictForAppsCreatedAfterDateTime: '2020-01-01T00:00:00Z',
          },
        ],
      },
    };
    const { certificate } = await ours('MailStore');
    const { stays } = await staying(here, { custody: 'external' }, publish(certificate));
    expect(stays).toHaveLength(2);
    expect(stays[1]?.fault?.code).toMatch(/^(policy|registration)\./);
    expect(publishedIn(here)).toEqual([]);
    expect(recordOf(here)).toMatchObject({ certificate: null, state: 'waiting-certificate' });
  });

  it('takes the place of ours where our key was given up; ours stays until its handover', async () => {
    const here = await harness();
    const { certificate } = await ours('MailStore');
    const { done } = await staying(here, {}, publish(certificate));
    expect(done.credential).toMatchObject({ custody: 'external', certificate: { thumbprint: certificate.thumbprint } });
    expect(publishedIn(here)).toHaveLength(2);
  });

  it('is the same file when it is given twice', async () => {
    const here = await harness();
    const { certificate } = await ours('MailStore');
    expect(toCer(certificate).length).toBeGreaterThan(0);
    const { stays } = await staying(here, { custody: 'external' }, publish(certificate), publish(certificate));
    expect(stays.map(({ fault }) => fault)).toEqual([null, null, null]);
    expect(publishedIn(here)).toEqual([certificate.thumbprint]);
  });
});

describe('the consent of the client that signs in', () => {
  const written = ['AppRoleAssignment.ReadWrite.All', 'Application.ReadWrite.All', 'DelegatedPermissionGrant.ReadWrite.All'];

  it('is told as far as the session has added to it, and taken back when that is asked for', async () => {
    const here = await harness({ knobs: kindly });
    const { stays } = await staying(here, {}, removing);
    expect(stays[0]?.added).toEqual(written.toSorted());
    expect(consentOf(here)).toEqual(['Application.Read.All', 'Directory.Read.All', 'Policy.Read.All']);
    expect(here.events).toContainEqual({ kind: 'consent-removed', scopes: written.toSorted() });
    expect(here.services.engine.trail.list({ credentialId: recordOf(here).id })).toContainEqual(
      expect.objectContaining({ change: 'remove-sign-in-consent', detail: expect.objectContaining({ scopes: written.toSorted() }) }),
    );
  });

  it('keeps what was there before, and what another program has added meanwhile', async () => {
    const here = await harness({ knobs: kindly });
    await staying(here, {});
    expect(consentOf(here)).toEqual(expect.arrayContaining(written));
    const again = await staying(here, { name: 'Second', redirectUri: 'https://second.example.com:8462/oidc/signin' }, ({ added }) => {
      expect(added).toEqual([]);
      const [grant] = tenantOf(here).oauth2PermissionGrants;
      if (grant !== undefined) grant.scope += ' Mail.Send';
      return removing();
    });
    expect(again.stays).toHaveLength(1);
    expect(consentOf(here)).toEqual(expect.arrayContaining(written));
  });

  it('stays where nobody asks for it', async () => {
    const here = await harness({ knobs: kindly });
    await staying(here, {});
    expect(consentOf(here)).toEqual(expect.arrayContaining(written));
  });
});
