import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Preview, Run } from '../../../main/registration/engine.ts';
import { remove } from '../../../main/registration/verbs/index.ts';
import { repair } from '../../../main/registration/verbs/repair.ts';
import { rotate } from '../../../main/registration/verbs/rotate.ts';
import { ours } from '../../unit/certificates/samples.ts';
import { harness, tenantOf, type Harness } from './harness.ts';
import { alone, publishedIn, recordOf, unattended } from './rotation-harness.ts';

const mend = (here: Harness, how: Partial<Run> = {}) =>
  repair(
    here.services.engine,
    { credential: 'Contoso archive', certificate: null, keySize: 2048, lifetime: { months: 15 }, planOnly: false },
    here.run(undefined, how),
  );

function applicationIn(here: Harness) {
  const [application] = tenantOf(here).applications;
  if (application?.web == null || application.keyCredentials == null) throw new Error('no application');
  return { ...application, web: application.web, keyCredentials: application.keyCredentials };
}

function change(here: Harness, properties: Record<string, unknown>): void {
  Object.assign(tenantOf(here).applications[0] ?? {}, properties);
}

/** What another product's administrator does in the same application. */
async function addForeignKey(here: Harness, name = 'Backup product'): Promise<string> {
  const { der, thumbprint, notBefore, notAfter } = (await ours(name)).certificate;
  const entry = {
    keyId: randomUUID(),
    type: 'AsymmetricX509Cert',
    usage: 'Verify',
    displayName: `CN=${name}`,
    startDateTime: notBefore,
    endDateTime: notAfter,
    customKeyIdentifier: thumbprint,
    key: Buffer.from(der).toString('base64'),
  };
  change(here, { keyCredentials: [...applicationIn(here).keyCredentials, entry] });
  return thumbprint;
}

const addUri = (here: Harness, uri: string) =>
  change(here, { web: { ...applicationIn(here).web, redirectUris: [...(applicationIn(here).web.redirectUris ?? []), uri] } });
const removeUris = (here: Harness) => change(here, { web: { ...applicationIn(here).web, redirectUris: [] } });

function grantIn(here: Harness) {
  const grant = tenantOf(here).oauth2PermissionGrants.find(({ clientId }) => clientId === recordOf(here).servicePrincipalId);
  if (grant === undefined) throw new Error('no grant');
  return grant;
}

/** Answers the n-th question after what happens meanwhile, and keeps what was shown. */
function asked(meanwhile: readonly (() => unknown)[], answers: readonly boolean[] = []) {
  const shown: Preview[] = [];
  const confirm = async (preview: Preview) => {
    const turn = shown.push(preview) - 1;
    await meanwhile[turn]?.();
    return answers[turn] ?? true;
  };
  return { shown, confirm };
}

describe('while the plan is on the screen, another administrator', () => {
  it('consents further delegated permissions: they stay', async () => {
    const here = await harness();
    await here.connect();
    grantIn(here).scope = 'openid profile User.Read';
    const { shown, confirm } = asked([() => void (grantIn(here).scope += ' Calendars.Read Contacts.Read')]);
    const done = await mend(here, { confirm });
    expect(grantIn(here).scope.split(' ').toSorted()).toEqual(
      ['openid', 'profile', 'User.Read', 'email', 'Calendars.Read', 'Contacts.Read'].toSorted(),
    );
    expect(done.plan).toMatchObject([{ change: 'grant-scopes' }]);
    expect(shown).toHaveLength(1);
  });

  it('takes more of them away: the plan is another one by then, and is asked for again', async () => {
    const here = await harness();
    await here.connect();
    grantIn(here).scope = 'openid profile User.Read';
    const { shown, confirm } = asked([() => void (grantIn(here).scope = 'openid')]);
    await mend(here, { confirm });
    expect(shown.map(({ changes }) => changes.map((each) => Reflect.get(each.change, 'added')))).toEqual([
      [['email']],
      [['profile', 'email', 'User.Read']],
    ]);
    expect(shown.map(({ again }) => again)).toEqual([undefined, true]);
    expect(grantIn(here).scope.split(' ').toSorted()).toEqual(['openid', 'profile', 'email', 'User.Read'].toSorted());
  });

  it('grants what was to be granted: nothing is left to write', async () => {
    const here = await harness();
    await here.connect();
    grantIn(here).scope = 'openid profile User.Read';
    const { confirm } = asked([() => void (grantIn(here).scope += ' email')]);
    expect((await mend(here, { confirm })).plan).toEqual([]);
    expect(grantIn(here).scope).toBe('openid profile User.Read email');
  });

  it('adds a redirect URI and a key: both stay, and what is written is what was shown', async () => {
    const here = await harness();
    await here.connect();
    removeUris(here);
    let foreign = '';
    const { shown, confirm } = asked([
      async () => {
        addUri(here, 'https://other.example.com/cb');
        foreign = await addForeignKey(here);
      },
    ]);
    await mend(here, { confirm });
    expect(applicationIn(here).web.redirectUris).toEqual(['https://other.example.com/cb', recordOf(here).redirectUri]);
    expect(publishedIn(here)).toContain(foreign);
    expect(shown).toHaveLength(1);
  });

  it('switches ID tokens off too: the new plan holds more, is asked for again, and declined changes nothing', async () => {
    const here = await harness();
    await here.connect();
    removeUris(here);
    const { shown, confirm } = asked(
      [
        () =>
          change(here, {
            web: { ...applicationIn(here).web, implicitGrantSettings: { enableIdTokenIssuance: false, enableAccessTokenIssuance: false } },
          }),
      ],
      [true, false],
    );
    await expect(mend(here, { confirm })).rejects.toMatchObject({ code: 'input.declined' });
    expect(shown.map(({ changes }) => changes.map((each) => each.change.change))).toEqual([
      ['set-redirect-uris'],
      ['set-redirect-uris', 'enable-id-tokens'],
    ]);
    expect(applicationIn(here).web.redirectUris).toEqual([]);
  });
});

describe('a rotation with an administrator', () => {
  it('touches one entry only: a key that is added between any two of its requests stays', async () => {
    const here = await harness();
    await here.connect();
    const [old] = publishedIn(here);
    const foreign: string[] = [];
    const { der, thumbprint } = (await ours('Backup product')).certificate;
    const entry = {
      ...applicationIn(here).keyCredentials[0],
      customKeyIdentifier: thumbprint,
      displayName: 'CN=Backup product',
      key: Buffer.from(der).toString('base64'),
    };
    const writes: string[] = [];
    here.server.faultOn(({ method, path }) => {
      if (method === 'GET' || !path.startsWith('/v1.0/applications')) return false;
      writes.push(`${method} ${path.split('/').at(-1) ?? ''}`);
      // The very moment before the write is carried out.
      const keyId = randomUUID();
      foreign.push(keyId);
      change(here, { keyCredentials: [...applicationIn(here).keyCredentials, { ...JSON.parse(JSON.stringify(entry)), keyId }] });
      return false;
    }, 'slow');
    await rotate(here.services.engine, { ...unattended, unattended: false }, here.run());
    expect(writes).toEqual(['POST addKey']);
    expect(applicationIn(here).keyCredentials.map(({ keyId }) => keyId)).toEqual(expect.arrayContaining(foreign));
    expect(publishedIn(here)).toEqual(expect.arrayContaining([old, recordOf(here).certificate?.thumbprint]));
  });

  it('whose keys get no token reads the collection again directly before it replaces it', async () => {
    const here = await harness();
    const [first, second] = [await ours('first'), await ours('second')];
    await here.connect({ custody: 'external', certificate: first.certificate });
    let foreign = '';
    const { confirm } = asked([async () => void (foreign = await addForeignKey(here))]);
    await repair(
      here.services.engine,
      { credential: 'Contoso archive', certificate: second.certificate, keySize: 3072, lifetime: { months: 15 }, planOnly: false },
      here.run(undefined, { confirm }),
    );
    expect(publishedIn(here).toSorted()).toEqual([first.certificate.thumbprint, foreign, second.certificate.thumbprint].toSorted());
  });
});

describe('the deletion of a registration', () => {
  const deletion = (here: Harness, confirm: Run['confirm']) =>
    remove(
      here.services.engine,
      {
        credential: 'Contoso archive',
        purge: false,
        deleteRegistration: true,
        confirmName: 'Contoso archive',
        exportTo: join(here.directory, 'registration.json'),
      },
      here.run(undefined, { confirm }),
    );

  it('is refused where another administrator added a key while it was confirmed', async () => {
    const here = await harness();
    await here.connect();
    const { confirm } = asked([() => addForeignKey(here)]);
    await expect(deletion(here, confirm)).rejects.toMatchObject({
      code: 'removal.foreign-keys',
      params: { keys: 'CN=Backup product' },
    });
    expect(tenantOf(here).applications).toHaveLength(1);
    expect(recordOf(here).deletedAt).toBeNull();
  });

  it('is refused where another process has worked on the credential meanwhile', async () => {
    const here = await harness();
    await here.connect();
    const other = await here.open();
    const { confirm } = asked([
      // As after standby: the lease ran out, and was taken over.
      () => other.engine.store.change(recordOf(here).id, () => ({ state: 'never-checked' })),
    ]);
    await expect(deletion(here, confirm)).rejects.toMatchObject({ code: 'lease.lost' });
    expect(tenantOf(here).applications).toHaveLength(1);
  });
});

it('an unattended rotation leaves a key alone that is added at the same moment', async () => {
  const here = await harness();
  await here.connect();
  let foreign = '';
  const { certificate } = await ours('Backup product');
  here.server.faultOn(({ path }) => {
    if (path.endsWith('/addKey') && foreign === '') {
      foreign = certificate.thumbprint;
      change(here, {
        keyCredentials: [
          ...applicationIn(here).keyCredentials,
          { ...applicationIn(here).keyCredentials[0], keyId: randomUUID(), key: Buffer.from(certificate.der).toString('base64') },
        ],
      });
    }
    return false;
  }, 'slow');
  await rotate(here.services.engine, unattended, alone(here));
  expect(publishedIn(here)).toContain(foreign);
});
