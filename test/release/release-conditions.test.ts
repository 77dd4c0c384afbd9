import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { distConfiguration, releaseObstacles } from '../../dist.ts';
import { releaseEnvironment } from './stand-in/packing.ts';

const { WIN_CSC_LINK, ...unsigned } = releaseEnvironment;
const azure = {
  TENANT_KEYRING_SIGN_ENDPOINT: 'https://weu.codesigning.azure.net',
  TENANT_KEYRING_SIGN_ACCOUNT: 'contoso',
  TENANT_KEYRING_SIGN_PROFILE: 'release',
};

describe('a release', () => {
  it('is made with a publisher, a signature and an address for updates', () => {
    expect(releaseObstacles(releaseEnvironment)).toEqual([]);
    expect(releaseObstacles({ ...unsigned, ...azure })).toEqual([]);
    expect(releaseObstacles({ ...unsigned, TENANT_KEYRING_SIGN_SUBJECT: 'Contoso' })).toEqual([]);
  });

  it.each([
    ['publisher', { ...releaseEnvironment, TENANT_KEYRING_PUBLISHER: ' ' }, /needs TENANT_KEYRING_PUBLISHER: the common name/],
    ['signature', unsigned, /has to be signed: give a certificate with WIN_CSC_LINK/],
    [
      'all of Azure Trusted Signing',
      { ...unsigned, ...azure, TENANT_KEYRING_SIGN_PROFILE: '' },
      /also needs TENANT_KEYRING_SIGN_PROFILE\.$/,
    ],
    ['one way of signing', { ...releaseEnvironment, ...azure }, /two ways of signing/],
    ['address for updates', { ...releaseEnvironment, TENANT_KEYRING_UPDATES: undefined }, /needs TENANT_KEYRING_UPDATES/],
    ['encrypted address', { ...releaseEnvironment, TENANT_KEYRING_UPDATES: 'http://updates.example.com' }, /the https address/],
  ])('fails without %s, in one sentence', (_, env, expected) => {
    expect(releaseObstacles(env)).toEqual([expect.stringMatching(expected)]);
    expect(() => distConfiguration(env, true)).toThrow(expected);
  });

  it('ends before anything is built', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['dist.ts', '--release'], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], SystemRoot: process.env['SystemRoot'], WIN_CSC_LINK },
    });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringContaining('TENANT_KEYRING_PUBLISHER'),
      expect.stringContaining('TENANT_KEYRING_UPDATES'),
    ]);
  });

  it('is signed as the environment says', () => {
    expect(distConfiguration(releaseEnvironment, true)).toMatchObject({
      forceCodeSigning: true,
      publish: { provider: 'generic', url: releaseEnvironment.TENANT_KEYRING_UPDATES },
      extraMetadata: { signed: true },
    });
    const publisher = releaseEnvironment.TENANT_KEYRING_PUBLISHER;
    expect(distConfiguration({ ...unsigned, TENANT_KEYRING_SIGN_SHA1: 'AB12' }, true).win).toEqual({
      signtoolOptions: { publisherName: [publisher], signingHashAlgorithms: ['sha256'], certificateSha1: 'AB12' },
    });
    expect(distConfiguration({ ...unsigned, ...azure }, true).win).toEqual({
      azureSignOptions: {
        publisherName: publisher,
        endpoint: azure.TENANT_KEYRING_SIGN_ENDPOINT,
        codeSigningAccountName: 'contoso',
        certificateProfileName: 'release',
      },
    });
  });
});

it('any other build is never signed, whatever the environment holds, and takes no updates', () => {
  expect(distConfiguration({ ...releaseEnvironment, ...azure }, false)).toMatchObject({
    publish: null,
    win: { signExecutable: false },
    extraMetadata: { signed: false },
  });
});
