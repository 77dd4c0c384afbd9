import { expect, test } from 'vitest';
import { certificate, entry } from './certificates.ts';
import { codes, type Json, lacking, list, type Practice, practice, registered } from './world.ts';

const own = certificate();
const other = certificate({ name: 'Other', notBefore: '2026-11-01T00:00:00Z', notAfter: '2026-12-24T00:00:00Z' });
const otherEntry = entry(other.key, {
  keyId: '22222222-2222-4222-8222-222222222222',
  displayName: 'CN=Other',
  startDateTime: '2026-11-01T00:00:00Z',
  endDateTime: '2026-12-24T00:00:00Z',
});

function withKeys(
  ...keyCredentials: readonly unknown[]
): Practice & { id: string; patch: (keys: readonly unknown[]) => ReturnType<Practice['send']>; keys: () => readonly Json[] } {
  const here = practice();
  const { id } = registered(here);
  const patch = (keys: readonly unknown[]) => here.send('PATCH', `/applications/${id}`, { keyCredentials: keys });
  if (keyCredentials.length > 0) expect(codes(patch(keyCredentials))).toEqual([204, undefined]);
  return { ...here, id, patch, keys: () => list(here.get(`/applications/${id}?$select=keyCredentials`).body, 'keyCredentials') };
}

test('a certificate is published; its thumbprint is the default identifier', () => {
  const { keys } = withKeys(entry(own.key));
  expect(keys()).toEqual([{ ...entry(own.key), customKeyIdentifier: own.thumbprint }]);
});

test('key comes only from one application with $select=keyCredentials', () => {
  const { id, get, keys, send } = withKeys(entry(own.key));
  expect(keys()[0]?.['key']).toBe(own.key);
  const masked = (url: string) => {
    const { body } = get(url);
    const application = 'value' in body ? list(body)[0] : body;
    return list(application, 'keyCredentials')[0]?.['key'];
  };
  expect(masked(`/applications/${id}`)).toBeNull();
  expect(masked('/applications')).toBeNull();
  expect(masked('/applications?$select=id,keyCredentials')).toBeNull();
  const answer = send('POST', '/applications', { displayName: 'x', keyCredentials: [entry(own.key)] });
  expect(list(answer.body, 'keyCredentials')[0]?.['key']).toBeNull();
});

test('PATCH replaces the list: an entry left out is gone', () => {
  const { patch, keys } = withKeys(entry(own.key), otherEntry);
  expect(patch([otherEntry]).status).toBe(204);
  expect(keys().map(({ keyId }) => keyId)).toEqual([otherEntry['keyId']]);
});

test('an entry sent back as it was read, with key null, keeps its key', () => {
  const { id, get, patch, keys } = withKeys(entry(own.key));
  const read = list(get(`/applications/${id}`).body, 'keyCredentials');
  expect(patch([...read, otherEntry]).status).toBe(204);
  expect(keys().map(({ key }) => key)).toEqual([own.key, other.key]);
});

test.each<[string, object]>([
  ['another end', { endDateTime: '2027-11-23T09:50:00Z' }],
  ['another name', { displayName: 'CN=Else' }],
  ['another key', { key: other.key }],
  ['another identifier', { customKeyIdentifier: other.thumbprint }],
])('an existing entry with %s is not updatable', (_, change) => {
  const { patch } = withKeys(entry(own.key));
  const answer = patch([entry(own.key, { ...change })]);
  expect(codes(answer)).toEqual([400, 'Request_BadRequest', 'KeyNotUpdatable']);
  expect(answer.body['error']?.['message']).toBe(
    "Update to existing credential with KeyId '11111111-1111-4111-8111-111111111111' is not allowed.",
  );
});

test('an expired entry makes the whole list invalid until it is left out', () => {
  const { patch, advance } = withKeys(otherEntry);
  advance(31 * 86_400_000);
  expect(codes(patch([otherEntry, entry(own.key)]))).toEqual([400, 'KeyCredentialsInvalidEndDate']);
  expect(patch([entry(own.key)]).status).toBe(204);
});

test.each<[string, object, readonly unknown[]]>([
  ['no usage', { usage: undefined }, [400, 'Request_BadRequest', 'InvalidValue']],
  ['usage Sign', { usage: 'Sign' }, [400, 'Request_BadRequest', 'InvalidValue']],
  ['no type', { type: undefined }, [400, 'Request_BadRequest', 'InvalidValue']],
  ['type Symmetric', { type: 'Symmetric' }, lacking],
  ['no key', { key: null }, [400, 'Request_BadRequest', 'InvalidValue']],
  ['no base64', { key: 'MII!' }, [400, 'Request_BadRequest', 'InvalidValue']],
  ['no certificate', { key: Buffer.from('no certificate').toString('base64') }, [400, 'Request_BadRequest', 'InvalidValue']],
  [
    'PEM instead of DER',
    { key: Buffer.from(`-----BEGIN CERTIFICATE-----\n${own.key}\n-----END CERTIFICATE-----\n`).toString('base64') },
    [400, 'Request_BadRequest', 'InvalidValue'],
  ],
  [
    'something behind the certificate',
    { key: Buffer.concat([Buffer.from(own.key, 'base64'), Buffer.from([0])]).toString('base64') },
    [400, 'Request_BadRequest', 'InvalidValue'],
  ],
  ['a long identifier', { customKeyIdentifier: Buffer.alloc(33).toString('base64') }, [400, 'Request_BadRequest', 'InvalidValue']],
  ['an unknown property', { thumbprint: own.thumbprint }, [400, 'Request_BadRequest']],
  ['an end after the certificate', { endDateTime: '2027-11-24T09:50:01Z' }, [400, 'KeyCredentialsInvalidEndDate']],
  ['an end in the past', { endDateTime: '2026-11-24T10:00:00Z' }, [400, 'KeyCredentialsInvalidEndDate']],
  ['an end with milliseconds', { endDateTime: '2027-11-24T09:50:00.000Z' }, [400, 'KeyCredentialsInvalidEndDate']],
  ['an end in local time', { endDateTime: '2027-11-24T08:50:00+01:00' }, [400, 'KeyCredentialsInvalidEndDate']],
  ['a start before the certificate', { startDateTime: '2026-11-24T09:49:59Z' }, [400, 'KeyCredentialsInvalidStartDate']],
  ['a start in local time', { startDateTime: '2026-11-24T10:50:00+01:00' }, [400, 'KeyCredentialsInvalidStartDate']],
  ['a start after the end', { startDateTime: '2027-11-24T09:50:00Z' }, [400, 'KeyCredentialsInvalidEndDate']],
])('%s is refused', (_, change, expected) => {
  expect(codes(withKeys().patch([entry(own.key, { ...change })]))).toEqual(expected);
});

test('one keyId twice is refused', () => {
  expect(
    withKeys().patch([entry(own.key), entry(other.key, { startDateTime: '2026-11-01T00:00:00Z', endDateTime: '2026-12-24T00:00:00Z' })])
      .status,
  ).toBe(400);
});

test('dates and keyId may be left to Graph; a long name is shortened', () => {
  const { keys } = withKeys({ type: 'AsymmetricX509Cert', usage: 'Verify', key: own.key, displayName: 'x'.repeat(91) });
  expect(keys()[0]).toMatchObject({
    startDateTime: '2026-11-24T09:50:00Z',
    endDateTime: '2027-11-24T09:50:00Z',
    displayName: 'x'.repeat(90),
    keyId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
  });
});

/** Azure CLI sends the base64 of a certificate with its line breaks. */
test.each(['\n', '\r\n'])('line breaks inside the base64 of key are no part of it: %j', (end) => {
  const lines = own.key.match(/.{1,64}/g) ?? [];
  expect(lines.length).toBeGreaterThan(5);
  const { keys } = withKeys(entry(`${lines.join(end)}${end}`));
  expect(keys()[0]).toMatchObject({ key: own.key, customKeyIdentifier: own.thumbprint });
});

test('blanks inside it still are', () => {
  expect(codes(withKeys().patch([entry(`${own.key.slice(0, 64)} ${own.key.slice(64)}`)]))).toEqual([
    400,
    'Request_BadRequest',
    'InvalidValue',
  ]);
});

test('a certificate for token encryption is published, and is no key to sign in with', () => {
  const { keys } = withKeys(entry(own.key, { usage: 'Encrypt' }));
  expect(keys()[0]).toMatchObject({ usage: 'Encrypt', key: own.key });
});

/** As other products leave it: their own kinds of key, which no PATCH can make. */
const foreign = [
  { ...entry(own.key, { keyId: '33333333-3333-4333-8333-333333333333', usage: 'Sign', type: 'X509CertAndPassword', key: null }) },
  { ...entry(own.key, { keyId: '44444444-4444-4444-8444-444444444444', usage: 'Verify', type: 'Symmetric', key: null }) },
];

/** Microsoft Graph, "keyCredential resource type", usage and type. */
test('foreign keys of other usage and type stay when they are sent back, and go when they are left out', () => {
  const here = withKeys();
  const [application] = here.tenant.applications;
  if (application === undefined) throw new Error('no application');
  Object.assign(application, { keyCredentials: foreign.map((each) => ({ ...each, customKeyIdentifier: null })) });
  expect(here.patch([...here.keys(), otherEntry]).status).toBe(204);
  expect(here.keys().map(({ type, usage }) => [usage, type])).toEqual([
    ['Sign', 'X509CertAndPassword'],
    ['Verify', 'Symmetric'],
    ['Verify', 'AsymmetricX509Cert'],
  ]);
  const [first, ...rest] = here.keys();
  expect(codes(here.patch([{ ...first, usage: 'Verify' }, ...rest]))).toEqual([400, 'Request_BadRequest', 'KeyNotUpdatable']);
  expect(codes(here.patch([{ ...first, usage: undefined }, ...rest]))).toEqual([400, 'Request_BadRequest', 'InvalidValue']);
  expect(here.patch(rest).status).toBe(204);
  expect(here.keys()).toHaveLength(2);
});
