import { createPrivateKey, X509Certificate } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPfx, toPem } from '../../main/certificates/index.ts';
import { privateFile } from '../system.ts';
import { ours, scratchFile } from '../unit/certificates/samples.ts';
import { desk, draft, type Desk } from './desk.ts';

const password = 'Käse 1';
const keyText = ({ privateKey }: Awaited<ReturnType<typeof ours>>, passphrase?: string) =>
  privateKey
    .export({ format: 'pem', type: 'pkcs8', ...(passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase }) })
    .toString();

/** What the next file dialog answers, and the request that opens it. */
const choose = ({ request, paths }: Desk, path: string | null, credential: string | null = null) => {
  paths.push(path);
  return request('pem:choose', { credential });
};

/** The name of what waits for a key or for its password. */
async function waiting(here: Desk, path: string): Promise<string> {
  const chosen = await choose(here, path);
  if (!chosen.ok || chosen.value === null || !('needs' in chosen.value)) throw new Error('nothing is wanted');
  return chosen.value.file;
}

describe('certificate and key in PEM', () => {
  it('in one file are taken at once, and a new credential is set up with them', async () => {
    const here = await desk();
    const made = await ours();
    const chosen = await choose(here, scratchFile('server.pem', toPem(made.certificate) + keyText(made)));
    if (!chosen.ok || chosen.value === null || 'needs' in chosen.value) throw new Error('not read');
    expect(chosen.value).toMatchObject({ facts: { thumbprint: made.certificate.thumbprint }, chain: 0 });
    const ended = (await here.setUp({ draft, certificate: chosen.value.certificate })).at(-1);
    expect(ended).toMatchObject({
      kind: 'ended',
      report: { credential: { custody: 'keyring', certificate: { thumbprint: made.certificate.thumbprint } }, proof: { ok: true } },
    });
  });

  it('in two files are asked for one after the other, and for the password alone where it is needed', async () => {
    const here = await desk();
    const made = await ours();
    const { request, paths } = here;
    const file = await waiting(here, scratchFile('server.crt', toPem(made.certificate)));
    paths.push(null);
    expect(await request('pem:choose-key', { file, credential: null })).toEqual({ ok: true, value: null });
    paths.push(scratchFile('server.key', keyText(made, password)));
    expect(await request('pem:choose-key', { file, credential: null })).toEqual({
      ok: true,
      value: { file, name: 'server.crt', key: 'server.key', needs: 'password' },
    });
    expect(await request('pem:read', { file, password: 'wrong', credential: null })).toMatchObject({
      ok: false,
      fault: { code: 'import.password-wrong', message: expect.stringContaining('server.key') },
    });
    expect(await request('pem:read', { file, password, credential: null })).toMatchObject({
      ok: true,
      value: { facts: { thumbprint: made.certificate.thumbprint } },
    });
    // Another key file, which has no password, is enough by itself.
    paths.push(scratchFile('plain.key', keyText(made)));
    expect(await request('pem:choose-key', { file, credential: null })).toMatchObject({
      ok: true,
      value: { facts: { thumbprint: made.certificate.thumbprint } },
    });
  });

  it('that are none, or do not belong together, are refused in words of the window; nothing chosen is nothing', async () => {
    const here = await desk();
    const [made, other] = await Promise.all([ours(), ours()]);
    const { request, paths } = here;
    expect(await choose(here, null)).toEqual({ ok: true, value: null });
    const pfx = await createPfx({ ...made, password: 'secret', encryption: 'modern', friendlyName: 'x' });
    const over = await ours('over', 2048, new Date('2020-01-01T00:00:00Z'));
    const refused = [
      ['certificate.pfx', pfx],
      ['certificate.other-kind', '<!DOCTYPE html><html><head><title>Sign in</title></head></html>'],
      ['import.key-mismatch', toPem(other.certificate) + keyText(made)],
      ['import.pem-with-keys', toPem(made.certificate) + keyText(made) + keyText(other)],
      ['certificate.expired', toPem(over.certificate) + keyText(over)],
    ] as const;
    for (const [code, contents] of refused) {
      const answer = await choose(here, scratchFile('server.pem', contents));
      expect(answer).toMatchObject({ ok: false, fault: { code } });
      expect(JSON.stringify(answer)).not.toMatch(/--\w/);
    }
    const file = await waiting(here, scratchFile('server.crt', toPem(made.certificate)));
    for (const [code, contents] of [
      ['import.key-missing', toPem(made.certificate)],
      ['import.key-mismatch', keyText(other)],
      ['import.key-of-other-kind', 'PuTTY-User-Key-File-3: ssh-rsa\r\n'],
    ] as const) {
      paths.push(scratchFile('server.key', contents));
      expect(await request('pem:choose-key', { file, credential: null }), code).toMatchObject({ ok: false, fault: { code } });
    }
    // A name that main did not give leads nowhere.
    const stranger = '0c77a1b2-3c4d-4e5f-8a9b-0c1d2e3f91aa';
    for (const answer of [
      await request('pem:choose-key', { file: stranger, credential: null }),
      await request('pem:read', { file: stranger, password, credential: null }),
    ])
      expect(answer).toMatchObject({ ok: false, fault: { code: 'window.run-unknown' } });
    expect(paths).toEqual([]);
  });
});

describe('the export with the key in PEM', () => {
  async function connected() {
    const here = await desk();
    const ended = (await here.setUp({ draft, certificate: null })).at(-1);
    if (ended?.kind !== 'ended') throw new Error('not ended');
    return { here, id: ended.report.credential.id, folder: here.here.directory };
  }

  it.each([
    ['one file, without a password', 'inside', null],
    ['one file, with a password', 'inside', { typed: password }],
    ['two files, without a password', 'apart', null],
    ['two files, with a password', 'apart', { typed: password }],
    ['two files, with a generated password', 'apart', 'generated'],
  ] as const)('writes %s, and it is taken back elsewhere', async (_, key, secret) => {
    const { here, id, folder } = await connected();
    const [path, keyPath] = [join(folder, 'server.pem'), join(folder, 'server.key')];
    here.paths.push(path, ...(key === 'apart' ? [keyPath] : []));
    const written = await here.request('certificate:export', { id, format: 'pem', key, password: secret, encryption: 'modern' });
    if (!written.ok || written.value === null) throw new Error('not written');
    expect(written.value).toEqual({
      path,
      ...(key === 'apart' ? { keyPath } : {}),
      importCommands: null,
      generatedPassword: secret === 'generated' ? expect.any(String) : null,
    });
    if (written.value.generatedPassword !== null)
      await here.request('generated-password:copy', { password: written.value.generatedPassword });
    const passphrase = secret === null ? null : secret === 'generated' ? here.clipboard() : secret.typed;
    const holder = key === 'apart' ? keyPath : path;
    const text = readFileSync(holder, 'utf8');
    expect(text.includes('BEGIN ENCRYPTED PRIVATE KEY')).toBe(passphrase !== null);
    expect(readFileSync(path, 'utf8').includes('PRIVATE KEY')).toBe(key === 'inside');
    expect(statSync(holder).mode & 0o777).toBe(privateFile);
    const privateKey = createPrivateKey({ key: text, ...(passphrase === null ? {} : { passphrase }) });
    expect(new X509Certificate(readFileSync(path)).checkPrivateKey(privateKey)).toBe(true);
    // From now on other software may have the key.
    expect(here.here.services.engine.store.find(id).certificate).toMatchObject({ otherHolders: 'possible' });
    const there = await desk();
    let answer = await choose(there, path);
    if (key === 'apart' && answer.ok && answer.value !== null && 'needs' in answer.value) {
      there.paths.push(keyPath);
      answer = await there.request('pem:choose-key', { file: answer.value.file, credential: null });
    }
    if (answer.ok && answer.value !== null && 'needs' in answer.value)
      answer = await there.request('pem:read', { file: answer.value.file, password: passphrase ?? '', credential: null });
    expect(answer).toMatchObject({ ok: true, value: { facts: { thumbprint: here.current(id) } } });
  });

  it('writes nothing where a dialog is left, the password is empty, or the key may not go out', async () => {
    const { here, id, folder } = await connected();
    const path = join(folder, 'server.pem');
    const pem = { id, format: 'pem', key: 'apart', password: null, encryption: 'modern' } as const;
    here.paths.push(path, null);
    expect(await here.request('certificate:export', pem)).toEqual({ ok: true, value: null });
    here.paths.push(path, join(folder, 'server.key'));
    expect(await here.request('certificate:export', { ...pem, password: { typed: '' } })).toMatchObject({
      ok: false,
      fault: { code: 'certificate.password-empty' },
    });
    expect(here.here.services.engine.store.find(id).certificate).toMatchObject({ otherHolders: 'none' });
    const managed = await desk({ managed: { policies: { ForbidPrivateKeyExport: true }, sources: [], unknown: [] } });
    managed.paths.push(path);
    expect(await managed.request('certificate:export', pem)).toMatchObject({ ok: false, fault: { code: 'policy.key-export' } });
    expect(existsSync(path)).toBe(false);
  });
});
