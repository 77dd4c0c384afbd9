import { describe, expect, it } from 'vitest';
import { calls } from '../../../main/mailstore/calls.ts';
import { listedFunctions, requireListed } from '../../../main/mailstore/discovery.ts';
import { readAnswer, withoutCase } from '../../../main/mailstore/envelope.ts';
import { credentialsShape, directoryServicesShape, runsShape } from '../../../main/mailstore/archive.ts';

const asked = { address: 'ms01:8474', function: 'X' };
const faulted = (code: string, params: object = {}) => expect.objectContaining({ code, params: expect.objectContaining(params) });

describe('a call that MailStore does not list as it is known', () => {
  const require = (args: object[], call = calls.profiles('contoso')) =>
    requireListed(call.name, call.args, listedFunctions([{ name: 'GetProfiles', args }], asked), { address: 'ms01:8474', version: '27' });
  const instance = { name: 'instanceID', type: 'String', nullable: false };
  const raw = { name: 'raw', type: 'BOOL', nullable: false };

  it('is made when every argument is listed with its type, in any case', () => {
    expect(() => require([instance, raw, { name: 'more', type: 'string', nullable: true }])).not.toThrow();
  });

  it.each([
    ['another type', [instance, { ...raw, type: 'string' }], 'raw'],
    ['an argument that is not listed', [raw], 'instanceID'],
    ['another case', [{ ...instance, name: 'instanceId' }, raw], 'instanceID'],
    ['a mandatory argument more', [instance, raw, { name: 'filter', type: 'string', nullable: false }], 'filter'],
  ])('is refused for %s', (_why, args, argument) => {
    expect(() => require(args)).toThrow(faulted('server.function-other', { argument, version: '27', function: 'GetProfiles' }));
  });

  it('is refused where there is no such function', () => {
    expect(() => require([instance, raw], calls.credentials('contoso'))).toThrow(
      faulted('server.function-missing', { function: 'GetCredentials' }),
    );
  });
});

describe('an answer', () => {
  it('is read without regard to case, all the way down', () => {
    expect(withoutCase({ ID: 1, Settings: [{ TenantId: 'A' }] })).toEqual({ id: 1, settings: [{ tenantid: 'A' }] });
    expect(() => readAnswer(runsShape, [{ id: 1, ID: 2 }], asked)).toThrow(faulted('server.answer-unreadable'));
  });

  const held = {
    id: 7,
    type: 'office365_modern',
    description: 'Contoso',
    settings: {
      applicationId: '11111111-2222-4333-8444-55555555AAAA',
      tenantId: '66666666-7777-4888-9999-000000000000',
      certificateThumbprint: '0123456789abcdef0123456789abcdef01234567',
      certificateExpirationDate: '2027-12-31T10:00:00+01:00',
    },
  };

  it('holds the credentials of Microsoft 365 alone, in the forms that are compared here', () => {
    const other = { ID: 8, Type: 'Google', Description: 'G', Settings: null };
    expect(readAnswer(credentialsShape, [held, other], asked)).toEqual([
      {
        id: 7,
        name: 'Contoso',
        type: 'office365_modern',
        clientId: '11111111-2222-4333-8444-55555555aaaa',
        tenantId: '66666666-7777-4888-9999-000000000000',
        thumbprint: '0123456789ABCDEF0123456789ABCDEF01234567',
        notAfter: '2027-12-31T09:00:00Z',
      },
    ]);
  });

  it.each<[string, unknown]>([
    ['no list', { value: [] }],
    ['no settings', [{ ...held, settings: null }]],
    ['a thumbprint of another length', [{ ...held, settings: { ...held.settings, certificateThumbprint: 'AB' } }]],
    ['no end', [{ ...held, settings: { ...held.settings, certificateExpirationDate: undefined } }]],
    ['an end without a zone', [{ ...held, settings: { ...held.settings, certificateExpirationDate: '2027-12-31T10:00:00' } }]],
  ])('with %s is refused, never taken for an empty list', (_what, value) => {
    expect(() => readAnswer(credentialsShape, value, asked)).toThrow(faulted('server.answer-unreadable'));
  });

  it('about directory services of Microsoft 365 has all of its fields', () => {
    const full = { type: 'office365OpenIDConnect', credentialId: 7, redirectUrl: 'https://x/oidc/signin', deleteUsers: false };
    expect(readAnswer(directoryServicesShape, full, asked)).toMatchObject({ credentialId: 7, redirectUri: 'https://x/oidc/signin' });
    for (const key of ['credentialId', 'redirectUrl', 'deleteUsers'])
      expect(() => readAnswer(directoryServicesShape, { ...full, [key]: undefined }, asked)).toThrow(faulted('server.answer-unreadable'));
    expect(readAnswer(directoryServicesShape, { type: 'activeDirectory', deleteUsers: false, password: null }, asked)).toEqual({
      type: 'activeDirectory',
      credentialId: null,
      redirectUri: null,
      deletesUsers: false,
    });
  });
});
