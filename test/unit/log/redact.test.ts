import { createSecretKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { homedir } from 'node:os';
import { expect, describe, test } from 'vitest';
import { Fault } from '../../../main/faults.ts';
import { redact, redactSecrets } from '../../../main/log/index.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
const base64 = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
const jwt = `eyJhbGciOiJQUzI1NiJ9.${Buffer.from(JSON.stringify({ aud: 'x', sub: 'y' })).toString('base64url')}.c2lnbmF0dXJl`;

describe('what is a secret by its name', () => {
  test.for([
    'accessToken',
    'refresh_token',
    'clientSecret',
    'pfxPassword',
    'pfx',
    'privateKey',
    'client_assertion',
    'Authorization',
    'code_verifier',
    'client_info',
    'Set-Cookie',
  ])('%s', (name) => {
    expect(redact({ [name]: 'hunter2', kept: 'yes' })).toEqual({ [name]: '[redacted]', kept: 'yes' });
    expect(redact({ [name]: { nested: ['hunter2'] } })).toEqual({ [name]: '[redacted]' });
    expect(redact({ [name]: 12_345 })).toEqual({ [name]: '[redacted]' });
    expect(redact(new Map([[name, 'hunter2']]))).toEqual({ [name]: '[redacted]' });
    for (const text of [
      `${name}=hunter2&x=1`,
      `${name}: hunter2`,
      `{"${name}":"hunter2 and 3"}`,
      JSON.stringify(`{"${name}":"hunter2"}`),
      `'${name}': 'hunter2'`,
    ])
      expect(redact(text)).not.toContain('hunter2');
  });

  test('yes, no and nothing under such a name are told', () => {
    expect(redact({ enableIdTokenIssuance: true, enableAccessTokenIssuance: false, privateKey: null })).toEqual({
      enableIdTokenIssuance: true,
      enableAccessTokenIssuance: false,
      privateKey: null,
    });
  });
});

describe('what is a secret by its shape', () => {
  test.for([
    ['a PEM key', pem],
    ['a PEM key without an end', pem.slice(0, 400)],
    ['a PEM key in JSON', JSON.stringify({ note: pem })],
    ['the lines of a PEM key alone', pem.split('\n').slice(1, -2).join('\n')],
    ['base64', base64],
    ['a piece of base64', base64.slice(100, 240)],
    ['base64url', Buffer.from(base64, 'base64').toString('base64url')],
    ['a token', jwt],
    ['a token without signature', jwt.slice(0, jwt.lastIndexOf('.'))],
    ['a bearer token', 'Bearer 0.AXoAabc.def_ghi-jkl'],
    ['a short base64 value', 'c2VjcmV0LXZhbHVlLTEyMzQ1Ng=='],
    ['a PKCE verifier', 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'],
  ] as const)('%s', ([, secret]) => {
    for (const place of [secret, `before ${secret} after`, { deep: [{ note: secret }] }, new Error(secret)]) {
      const text = JSON.stringify(redact(place));
      expect(text).toContain('[redacted]');
      for (let start = 0; start + 40 <= secret.length; start += 20)
        expect(text).not.toContain(JSON.stringify(secret.slice(start, start + 40)).slice(1, -1));
    }
  });

  test('URLs lose query, fragment and user information', () => {
    expect(redact('GET https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize?code=0.AX&state=s failed')).toBe(
      'GET https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize?[redacted] failed',
    );
    expect(redact('http://jd:hunter2@proxy:8080/x#fragment')).toBe('http://proxy:8080/x?[redacted]');
    expect(redact(new URL('https://graph.microsoft.com/v1.0/users/jd@contoso.com'))).toBe('graph.microsoft.com');
  });
});

describe('what has to stay readable', () => {
  test.for([
    '0123456789ABCDEF0123456789ABCDEF01234567',
    'E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855',
    '14d82eec-204b-4c2f-b7e8-296a70dab67e',
    'applications/14d82eec-204b-4c2f-b7e8-296a70dab67e/owners/24d82eec-204b-4c2f-b7e8-296a70dab67e/directoryObjects/34d82eec-204b-4c2f-b7e8-296a70dab67e',
    'AADSTS700016: Application with identifier was not found in the directory Contoso',
    'Request_ResourceNotFound',
    'servicePrincipals/appRoleAssignedTo/oauth2PermissionGrants/appManagementPolicies',
    'CN=Contoso archive',
    '2026-11-24T10:30:00.000Z',
    '/v1.0/users/14d82eec-204b-4c2f-b7e8-296a70dab67e',
    '/v1.0/oauth2PermissionGrants/-WmtM5na7Uus0D8kI1yylpU9dBjftJeZ4CVPmB92K27',
    '/v1.0/servicePrincipals/14d82eec-204b-4c2f-b7e8-296a70dab67e/appRoleAssignedTo/-WmtM5na7Uus0D8kI1yylpU9dBjftJeZ4CVPmB92K27',
    '401 InvalidAuthenticationToken: Access has expired',
    '403 Authorization_RequestDenied: Insufficient privileges to complete the operation.',
    '403 Authentication_RequestFromNonPremiumTenantOrB2CTenant: Neither tenant is B2C',
    'CannotUpdateLockedServicePrincipalPropertyWithEnforcementScope',
    'The key was not found., Thumbprint of key used by client: 0123456789ABCDEF0123456789ABCDEF01234567',
    "the x5t#S256: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk' is not known",
  ])('%s', (text) => {
    expect(redact(text)).toBe(text);
    expect(redactSecrets({ error: text })).toEqual({ error: text });
  });

  test('ids and thumbprints by their names, whatever they look like', () => {
    const entry = {
      id: '-WmtM5na7Uus0D8kI1yylpU9dBjftJeZ4CVPmB92K27',
      assignmentId: '-WmtM5na7Uus0D8kI1yylpU9dBjftJeZ4CVPmB92K27',
      grantId: 'uus0D8kI1yylpU9dBjftJeZ4CVP-mB92K27_WmtM5na',
      keyId: '14d82eec-204b-4c2f-b7e8-296a70dab67e',
      thumbprint: '0123456789ABCDEF0123456789ABCDEF01234567',
      thumbprintSha256: 'E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855',
      customKeyIdentifier: 'ASNFZ4mrze8BI0VniavN7wEjRWc=',
      'x5t#S256': 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
      checks: ['token-graph: passed', 'token-exchange: not-testable'],
    };
    expect(redactSecrets({ changes: [entry] })).toEqual({ changes: [entry] });
    expect(redact({ changes: [entry] })).toEqual({ changes: [entry] });
  });

  test('but no secret because it is called an id', () => {
    const long = base64.slice(0, 120);
    expect(
      redactSecrets({
        id: jwt,
        keyId: jwt.split('.')[0],
        objectId: long,
        tokenId: 'hunter2',
        note: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
      }),
    ).toEqual({
      id: '[redacted]',
      keyId: '[redacted]',
      objectId: '[redacted]',
      tokenId: '[redacted]',
      note: '[redacted]',
    });
  });
});

describe('who it was', () => {
  test.for([
    ['admin@contoso.com signed in', '…@contoso.com signed in'],
    ['jd_fabrikam.com#EXT#@contoso.onmicrosoft.com', '…@contoso.onmicrosoft.com'],
    ['müller@bücher.example', '…@bücher.example'],
    [String.raw`C:\Users\Jean Dupont\AppData\Local\Tenant Keyring`, String.raw`%USERPROFILE%\AppData\Local\Tenant Keyring`],
    [String.raw`{"path":"c:\\Users\\jd\\x"}`, String.raw`{"path":"%USERPROFILE%\\x"}`],
    ['file:///C:/Users/jd/x.cer', 'file:///%USERPROFILE%/x.cer'],
    ['/home/jd/x.cer', '%USERPROFILE%/x.cer'],
    [`${homedir()}/x.cer`, '%USERPROFILE%/x.cer'],
  ] as const)('%s', ([text, expected]) => {
    expect(redact(text)).toBe(expected);
  });

  test('is kept where a record has to say it', () => {
    expect(redactSecrets({ by: 'admin@contoso.com', note: jwt })).toEqual({ by: 'admin@contoso.com', note: '[redacted]' });
  });
});

describe('any value', () => {
  test('errors with everything that hangs on them', () => {
    const cause = Object.assign(new Error(`no ${jwt}`), { status: 401, request: { headers: { authorization: 'x' } } });
    const correlationId = randomUUID();
    const told = redact(new Fault('service.failed', { cause, params: { status: 500 }, correlationId }));
    expect(told).toMatchObject({
      name: 'Fault',
      message: 'service.failed',
      code: 'service.failed',
      params: { status: 500 },
      correlationId,
      cause: { name: 'Error', message: 'no [redacted]', status: 401, request: { headers: { authorization: '[redacted]' } } },
    });
    expect(redact(new AggregateError([new Error('one')], 'both'))).toMatchObject({ message: 'both', errors: [{ message: 'one' }] });
  });

  test('bytes and keys are only counted', () => {
    expect(redact([Buffer.from('hunter2'), new Uint8Array(3), new ArrayBuffer(4), privateKey, createSecretKey(Buffer.alloc(32))])).toEqual([
      '[7 bytes]',
      '[3 bytes]',
      '[4 bytes]',
      '[private key]',
      '[secret key]',
    ]);
  });

  test('cycles, depth, length and hostile objects end', () => {
    const cycle: { self?: unknown } = {};
    cycle.self = [cycle];
    expect(redact(cycle)).toEqual({ self: ['[cycle]'] });
    const error = new Error('round');
    error.cause = error;
    expect(redact(error)).toMatchObject({ cause: '[cycle]' });
    let deep: unknown = 'bottom';
    for (let level = 0; level < 1000; level += 1) deep = { deep };
    expect(JSON.stringify(redact(deep))).toContain('[deeper]');
    expect(redact(Array.from({ length: 500 }, (_, index) => index))).toHaveLength(101);
    expect(redact('x '.repeat(50_000))).toHaveLength(16_384 + '… (100000 characters)'.length);
    const hostile = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('no');
        },
      },
    );
    const getter = {
      get fails(): never {
        throw new Error('no');
      },
      fine: 1,
    };
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(redact([hostile, getter, proxy])).toEqual(['[unreadable]', { fails: '[unreadable]', fine: 1 }, '[unreadable]']);
  });

  test('what JSON does not know', () => {
    const values = [
      undefined,
      10n,
      Symbol('s'),
      () => 1,
      Number.NaN,
      new Date(Number.NaN),
      new Date(0),
      new Set([1]),
      /x/,
      Object.create(null),
    ];
    expect(redact(values)).toEqual([
      null,
      '10',
      '[symbol]',
      '[function]',
      'NaN',
      'Invalid Date',
      '1970-01-01T00:00:00.000Z',
      [1],
      '/x/',
      {},
    ]);
  });
});
