import type { KeyObject } from 'node:crypto';
import { SignJWT, type JWTHeaderParameters, type JWTPayload } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { createCertificate, type Certificate } from '../../../main/certificates/index.ts';
import { proofAudience } from '../../../main/practice/graph/rules/key-proof.ts';
import { codes, graphAppId, lacking, list, practice, type Practice, registered, start, text } from './world.ts';

interface Pair {
  readonly certificate: Certificate;
  readonly privateKey: KeyObject;
}

const day = 86_400_000;
const keyId = '33333333-3333-4333-8333-333333333333';
const malformed = [401, 'Authentication_MissingOrMalformed'];
let current: Pair;
let next: Pair;
let foreign: Pair;

const made = (commonName: string, days: number) =>
  createCertificate({
    commonName,
    keySize: 2048,
    notBefore: new Date(start.getTime() - 600_000),
    notAfter: new Date(start.getTime() + days * day),
  });

beforeAll(async () => {
  [current, next, foreign] = await Promise.all([made('current', 30), made('next', 400), made('foreign', 400)]);
});

const base64 = ({ der }: Certificate) => Buffer.from(der).toString('base64');
const entryOf = ({ certificate }: Pair, id?: string) => ({
  type: 'AsymmetricX509Cert',
  usage: 'Verify',
  key: base64(certificate),
  ...(id === undefined ? {} : { keyId: id }),
});

/** An application whose one certificate is `current`, and its own app-only bearer without any role. */
function rolling(): Practice & {
  id: string;
  post: (action: string, body: unknown, as?: ReturnType<Practice['application']>) => ReturnType<Practice['send']>;
  keys: () => unknown[];
} {
  const here = practice();
  const { id, appId, principalId } = registered(here);
  expect(here.send('PATCH', `/applications/${id}`, { keyCredentials: [entryOf(current, keyId)] }).status).toBe(204);
  const itself = { ...here.application([], principalId), appId };
  return {
    ...here,
    id,
    post: (action, body, as = itself) => here.call(as, 'POST', `/applications/${id}/${action}`, { body }),
    keys: () => list(here.get(`/applications/${id}?$select=keyCredentials`).body, 'keyCredentials').map((each) => each['key']),
  };
}

interface Wrong {
  readonly payload?: JWTPayload;
  readonly header?: Partial<JWTHeaderParameters>;
  /** Who signs. */
  readonly by?: () => KeyObject;
}

const x5t = ({ certificate }: Pair) => Buffer.from(certificate.thumbprint, 'hex').toString('base64url');

function proofFor(id: string, { payload, header, by = () => current.privateKey }: Wrong = {}): Promise<string> {
  const seconds = start.getTime() / 1000;
  return new SignJWT({ aud: proofAudience, iss: id, nbf: seconds, exp: seconds + 600, ...payload })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', x5t: x5t(current), ...header })
    .sign(by());
}

const adding = (proof: unknown, entry: unknown = entryOf(next)) => ({ keyCredential: entry, passwordCredential: null, proof });

describe('addKey', () => {
  test('adds a certificate beside the one that signed, answers its entry without the key, and takes no permission', async () => {
    const { id, post, keys } = rolling();
    const answer = post('addKey', adding(await proofFor(id)));
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      customKeyIdentifier: next.certificate.thumbprint,
      type: 'AsymmetricX509Cert',
      usage: 'Verify',
      key: null,
      endDateTime: next.certificate.notAfter,
    });
    expect(text(answer.body, 'keyId')).toMatch(/^[0-9a-f-]{36}$/);
    expect(keys()).toEqual([base64(current.certificate), base64(next.certificate)]);
  });

  test('does not mind an expired entry in the list', async () => {
    const { id, post, keys, tenant } = rolling();
    tenant.applications[0]?.keyCredentials?.unshift({
      ...entryOf(foreign),
      startDateTime: '2024-01-01T00:00:00Z',
      endDateTime: '2025-01-01T00:00:00Z',
    });
    expect(post('addKey', adding(await proofFor(id))).status).toBe(200);
    expect(keys()).toHaveLength(3);
  });

  test.each<[string, Wrong]>([
    ['another audience', { payload: { aud: graphAppId } }],
    ['the app id as issuer', { payload: { iss: '44444444-4444-4444-8444-444444444444' } }],
    ['more than ten minutes', { payload: { exp: start.getTime() / 1000 + 601 } }],
    ['no end', { payload: { exp: undefined } as never }],
    ['no beginning', { payload: { nbf: undefined } as never }],
    ['an end that is over', { payload: { nbf: start.getTime() / 1000 - 1000, exp: start.getTime() / 1000 - 500 } }],
    ['a beginning that is to come', { payload: { nbf: start.getTime() / 1000 + 400, exp: start.getTime() / 1000 + 900 } }],
    ['a certificate that is not there', { header: { x5t: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA' } }],
    ['no certificate named', { header: { x5t: undefined } as never }],
    ['another algorithm', { header: { alg: 'PS256' } }],
    ['the signature of another key', { by: () => next.privateKey }],
  ])('a proof with %s is refused', async (_, wrong) => {
    const { id, post, keys } = rolling();
    expect(codes(post('addKey', adding(await proofFor(id, wrong))))).toEqual(malformed);
    expect(keys()).toEqual([base64(current.certificate)]);
  });

  test.each(['', 'no token', 'a.b', 'e30.e30.e30'])('“%s” is no proof', (proof) => {
    expect(codes(rolling().post('addKey', adding(proof)))).toEqual(malformed);
  });

  test('a proof with padding is malformed', async () => {
    const { id, post } = rolling();
    expect(codes(post('addKey', adding(`${await proofFor(id)}=`)))).toEqual(malformed);
  });

  test('is impossible once no certificate is valid', async () => {
    const { id, post, advance } = rolling();
    advance(31 * day);
    const later = start.getTime() / 1000 + 31 * 86_400;
    expect(codes(post('addKey', adding(await proofFor(id, { payload: { nbf: later, exp: later + 600 } }))))).toEqual(malformed);
  });

  test.each<[string, object, readonly unknown[]]>([
    ['without proof', { proof: undefined }, [400, 'BadRequest']],
    ['without passwordCredential', { passwordCredential: undefined }, [400, 'BadRequest']],
    ['with a password', { passwordCredential: { secretText: 'x' } }, lacking],
    ['with an unknown parameter', { force: true }, [400, 'BadRequest']],
    ['without a key', { keyCredential: null }, [400, 'Request_BadRequest', 'InvalidValue']],
  ])('%s is refused', async (_, change, expected) => {
    const { id, post } = rolling();
    expect(codes(post('addKey', { ...adding(await proofFor(id)), ...change }))).toEqual(expected);
  });

  test.each<[string, object, readonly unknown[]]>([
    ['a keyId of one’s own', { keyId }, [400, 'Request_BadRequest', 'InvalidValue']],
    ['usage Sign', { usage: 'Sign' }, [400, 'Request_BadRequest', 'InvalidValue']],
    ['a password-protected key', { type: 'X509CertAndPassword' }, lacking],
    ['no certificate', { key: 'AAAA' }, [400, 'Request_BadRequest', 'InvalidValue']],
    ['an end after the certificate', { endDateTime: '2099-01-01T00:00:00Z' }, [400, 'KeyCredentialsInvalidEndDate']],
  ])('an entry with %s is refused', async (_, change, expected) => {
    const { id, post } = rolling();
    expect(codes(post('addKey', adding(await proofFor(id), { ...entryOf(next), ...change })))).toEqual(expected);
  });

  test('the tenant’s policy counts as in every other way', async () => {
    const { id, post, tenant } = rolling();
    tenant.defaultAppManagementPolicy = {
      id: 'p',
      isEnabled: true,
      applicationRestrictions: { keyCredentials: [{ restrictionType: 'asymmetricKeyLifetime', state: 'enabled', maxLifetime: 'P365D' }] },
    };
    expect(codes(post('addKey', adding(await proofFor(id))))).toEqual([
      400,
      'CredentialInvalidLifetimeAsPerAppPolicy',
      'InvalidKeyEndDate',
    ]);
  });
});

describe('who may', () => {
  test('not a person, whatever the role', async () => {
    const { id, send } = rolling();
    expect(codes(send('POST', `/applications/${id}/addKey`, adding(await proofFor(id))))).toEqual([403, 'Authorization_RequestDenied']);
  });

  test('another application with the permission, and not without it; the proof stays the application’s', async () => {
    const { id, post, application } = rolling();
    expect(codes(post('addKey', adding(await proofFor(id)), application(['Directory.Read.All'])))).toEqual([
      403,
      'Authorization_RequestDenied',
    ]);
    expect(codes(post('addKey', adding(await proofFor(id)), application(['Application.ReadWrite.OwnedBy'])))).toEqual([
      403,
      'Authorization_RequestDenied',
    ]);
    expect(
      codes(post('addKey', adding(await proofFor(id, { by: () => foreign.privateKey })), application(['Application.ReadWrite.All']))),
    ).toEqual(malformed);
    expect(post('addKey', adding(await proofFor(id)), application(['Application.ReadWrite.All'])).status).toBe(200);
  });
});

describe('removeKey', () => {
  test('removes exactly the entry that is named, by a proof of another key', async () => {
    const { id, post, keys } = rolling();
    post('addKey', adding(await proofFor(id)));
    const proof = await proofFor(id, { header: { x5t: x5t(next) }, by: () => next.privateKey });
    expect(post('removeKey', { keyId, proof })).toMatchObject({ status: 204 });
    expect(keys()).toEqual([base64(next.certificate)]);
  });

  test('refuses without a proof, an unknown entry and what is no id', async () => {
    const { id, post, keys } = rolling();
    const proof = await proofFor(id);
    expect(codes(post('removeKey', { keyId }))).toEqual([400, 'BadRequest']);
    expect(codes(post('removeKey', { keyId, proof: 'x' }))).toEqual(malformed);
    expect(codes(post('removeKey', { keyId: '44444444-4444-4444-8444-444444444444', proof }))).toEqual([
      400,
      'Request_BadRequest',
      'InvalidValue',
    ]);
    expect(codes(post('removeKey', { keyId: 'x', proof }))).toEqual([400, 'Request_BadRequest', 'InvalidValue']);
    expect(keys()).toHaveLength(1);
  });
});

test('addressed by the app id too', async () => {
  const { id, tenant, call, application } = rolling();
  const [mine] = tenant.applications;
  const itself = { ...application([]), appId: mine?.appId ?? '' };
  expect(call(itself, 'POST', `/applications(appId='${mine?.appId ?? ''}')/addKey`, { body: adding(await proofFor(id)) }).status).toBe(200);
});
