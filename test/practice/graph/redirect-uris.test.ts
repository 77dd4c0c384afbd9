import { expect, test } from 'vitest';
import { codes, practice } from './world.ts';

const post = (platforms: object) => practice().send('POST', '/applications', { displayName: 'x', ...platforms });
const refusal = [400, 'Request_BadRequest', 'InvalidValue'];

test.each([
  'https://mail.contoso.example/oidc/signin',
  'https://mail.contoso.example:8462/oidc/signin?a=b',
  'http://localhost',
  'http://localhost:8080/x',
])('%s is taken for web', (uri) => {
  expect(post({ web: { redirectUris: [uri] } }).status).toBe(201);
});

test.each([
  'http://mail.contoso.example/oidc/signin',
  'http://localhost.evil.example/',
  'ftp://mail.contoso.example',
  'mail.contoso.example/oidc/signin',
  '',
  'https://*.contoso.example/oidc/signin',
  'https://mail.contoso.example/oidc/signin#top',
  'https://mail.contoso.example/sign in',
  `https://mail.contoso.example/${'x'.repeat(230)}`,
  ...['!', '$', "'", '(', ')', ',', ';'].map((sign) => `https://mail.contoso.example/a${sign}b`),
])('%j is refused for web', (uri) => {
  const answer = post({ web: { redirectUris: [uri] } });
  expect(codes(answer)).toEqual(refusal);
  expect(JSON.stringify(answer.body)).toContain('"target":"web/redirectUris"');
});

test('256 characters are taken, 257 are not', () => {
  const uri = (length: number) => 'https://mail.contoso.example/'.padEnd(length, 'x');
  expect(post({ web: { redirectUris: [uri(256)] } }).status).toBe(201);
  expect(post({ web: { redirectUris: [uri(257)] } }).status).toBe(400);
});

test('installed clients have schemes of their own, but no plain http', () => {
  const uri = 'ms-appx-web://Microsoft.AAD.BrokerPlugin/x';
  expect(post({ publicClient: { redirectUris: [uri, 'http://localhost'] } }).status).toBe(201);
  expect(post({ web: { redirectUris: [uri] } }).status).toBe(400);
  expect(post({ publicClient: { redirectUris: ['http://contoso.example'] } }).status).toBe(400);
});

test('all platforms together have 256 entries, 100 with personal accounts', () => {
  const uris = (count: number, host: string) => ({
    redirectUris: Array.from({ length: count }, (_, index) => `https://${host}.example/${index}`),
  });
  expect(post({ web: uris(200, 'a'), spa: uris(56, 'b') }).status).toBe(201);
  expect(codes(post({ web: uris(200, 'a'), spa: uris(57, 'b') }))).toEqual(refusal);
  expect(post({ signInAudience: 'AzureADandPersonalMicrosoftAccount', web: uris(101, 'a') }).status).toBe(400);
});
