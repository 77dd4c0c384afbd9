import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { practiceKeychain } from '../../../main/vault/index.ts';
import { connectArgs, inside, workplace } from './command-line.ts';

const place = workplace();
const foreign = { credentialId: 'c0ffee00-0000-4000-8000-000000000000', thumbprint: '0123456789ABCDEF0123456789ABCDEF01234567' };
const other = { ...foreign, thumbprint: 'F'.repeat(40) };
const keychain = (data: string) => practiceKeychain(join(place().data(data), 'practice'));

/** A credential, and two keys that are nobody's here. */
async function withLeftOvers(data: string) {
  const { document } = await place().json(data, ...connectArgs(data));
  for (const { credentialId, thumbprint } of [foreign, other]) await keychain(data).set(`${credentialId}/${thumbprint}`, 'left over');
  return document['credential'] as { readonly id: string; readonly certificate: { readonly thumbprint: string } };
}

describe('keys', () => {
  it('tells that list and keychain agree, and what is missing or left over', async () => {
    const { document } = await place().json('keys-list', ...connectArgs('keys-list'));
    expect(await place().cli('keys-list', 'keys')).toMatchObject({ code: 0, stdout: expect.stringContaining('agree') });
    const { id, certificate } = document['credential'] as { readonly id: string; readonly certificate: { readonly thumbprint: string } };
    await keychain('keys-list').delete(`${id}/${certificate.thumbprint}`);
    await keychain('keys-list').set(`${foreign.credentialId}/${foreign.thumbprint}`, 'left over');
    expect((await place().json('keys-list', 'keys')).document).toEqual({
      unneeded: [{ ...foreign, credential: null, known: false }],
      unsettled: [],
      missing: [{ credentialId: id, thumbprint: certificate.thumbprint, name: 'keys-list', deleted: false }],
    });
    const told = await place().cli('keys-list', 'keys');
    expect(told).toMatchObject({ code: 0, stderr: '' });
    expect(told.stdout).toMatch(new RegExp(`whose key is missing\\n  ${certificate.thumbprint}  keys-list\\n.*repair`));
    expect(told.stdout).toMatch(
      new RegExp(`  ${foreign.thumbprint}  ${foreign.credentialId}  of a credential unknown to this list.*\\n.*all data folders`),
    );
  });

  it('--forget needs somebody to ask, or --yes, and removes nothing that is needed', async () => {
    const { id, certificate } = await withLeftOvers('keys-forget');
    const at = place().at('keys-forget');
    const kept = async () => (await keychain('keys-forget').accounts()).length;
    expect(await place().json('keys-forget', 'keys', '--forget')).toMatchObject({
      code: 2,
      document: { fault: { code: 'input.confirmation-needed' } },
    });
    const declined = await inside(['keys', '--forget', ...at], { answers: ['n'] });
    expect(declined).toMatchObject({ code: 2, stdout: '' });
    expect(declined.stderr).toMatch(
      new RegExp(`${foreign.thumbprint}[^]*Remove these 2 private keys for good\\? They cannot be brought back`),
    );
    expect(await kept()).toBe(3);
    expect(await place().json('keys-forget', 'keys', '--forget', '--thumbprint', other.thumbprint.toLowerCase(), '--yes')).toMatchObject({
      code: 0,
      document: { forgotten: [other], kept: [] },
    });
    expect(await inside(['keys', '--forget', ...at], { answers: ['y'] })).toMatchObject({
      code: 0,
      stdout: '1 private key was removed.\n',
    });
    expect(await keychain('keys-forget').accounts()).toEqual([`${id}/${certificate.thumbprint}`]);
    expect(await place().cli('keys-forget', 'keys', '--forget', '--yes')).toMatchObject({
      code: 0,
      stdout: 'No private key was removed.\n',
    });
  });

  it('refuses a thumbprint that is needed, is nobody’s, or stands without --forget', async () => {
    const { certificate } = await withLeftOvers('keys-named');
    for (const thumbprint of [certificate.thumbprint, 'A'.repeat(40)]) {
      expect(await place().json('keys-named', 'keys', '--forget', '--yes', '--thumbprint', thumbprint)).toMatchObject({
        code: 2,
        document: { fault: { code: 'input.option.value-invalid', fix: expect.stringContaining(foreign.thumbprint) } },
      });
    }
    expect(await place().json('keys-named', 'keys', '--forget', '--yes', '--thumbprint', 'xyz')).toMatchObject({
      code: 2,
      document: { fault: { code: 'certificate.thumbprint-invalid' } },
    });
    expect(await place().json('keys-named', 'keys', '--thumbprint', other.thumbprint)).toMatchObject({
      code: 2,
      document: { fault: { code: 'input.option.missing' } },
    });
    expect(await keychain('keys-named').accounts()).toHaveLength(3);
  });
});
