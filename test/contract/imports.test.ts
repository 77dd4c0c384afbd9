import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPfx, createRequest, readCertificate } from '../../main/certificates/index.ts';
import { authority } from '../unit/certificates/authority.ts';
import { isInstalled, skippedWhere } from '../system.ts';
import { bags, pfxOfBags } from '../unit/certificates/der-writer.ts';
import { ours, scratchFile } from '../unit/certificates/samples.ts';
import { desk, draft, type Desk } from './desk.ts';

const password = 'correct horse';
const pfxOf = async (made: Awaited<ReturnType<typeof ours>>, chain: readonly Uint8Array[] = []) =>
  scratchFile('made elsewhere.pfx', await createPfx({ ...made, chain, password, encryption: 'modern', friendlyName: 'x' }));

async function chosenPfx({ request, paths }: Desk, path: string) {
  paths.push(path);
  const chosen = await request('pfx:choose', null);
  if (!chosen.ok || chosen.value === null) throw new Error('nothing chosen');
  expect(chosen.value.name).toBe('made elsewhere.pfx');
  return chosen.value.file;
}

/** A desk with one credential whose key is ours. */
async function connected() {
  const here = await desk();
  const ended = (await here.setUp({ draft, certificate: null })).at(-1);
  if (ended?.kind !== 'ended') throw new Error('not ended');
  const { id, clientId } = ended.report.credential;
  return { here, id, again: { ...draft, id, clientId: clientId ?? '' } };
}

describe('a PFX with several keys', () => {
  const several = async () => {
    const [one, two] = await Promise.all([ours('one'), ours('two')]);
    const item = ({ certificate, privateKey }: typeof one, name: string) => [
      bags.key(privateKey.export({ format: 'der', type: 'pkcs8' }), { name }),
      bags.certificate(certificate.der),
    ];
    return { one, two, path: scratchFile('made elsewhere.pfx', pfxOfBags([item(one, 'Archive'), item(two, 'Mail')], password)) };
  };

  it('gives their names, and then the one that is chosen', async () => {
    const here = await desk();
    const { one, two, path } = await several();
    const file = await chosenPfx(here, path);
    expect(await here.request('pfx:read', { file, password, credential: null, key: null })).toEqual({
      ok: true,
      value: {
        keys: [
          { alias: 'Archive', subject: 'CN=one', thumbprint: one.certificate.thumbprint },
          { alias: 'Mail', subject: 'CN=two', thumbprint: two.certificate.thumbprint },
        ],
      },
    });
    expect(await here.request('pfx:read', { file, password, credential: null, key: two.certificate.thumbprint })).toMatchObject({
      ok: true,
      value: { facts: { thumbprint: two.certificate.thumbprint } },
    });
  });

  it.each(['Cancel', 'the end of the window'])('whose reading takes long ends at once with %s', async (way) => {
    const here = await desk();
    const { certificate } = await ours();
    const path = scratchFile('made elsewhere.pfx', pfxOfBags([[bags.certificate(certificate.der)]], password, 10, 5_000_000));
    const file = await chosenPfx(here, path);
    const reading = here.request('pfx:read', { file, password: 'éü', credential: null, key: null });
    await new Promise((resolve) => setTimeout(resolve, 300));
    if (way === 'Cancel') await here.request('pfx:cancel', null);
    else here.leave();
    expect(await reading).toMatchObject({ ok: false, fault: { code: 'interrupted' } });
  });
});

describe('a PFX that was made elsewhere', () => {
  it('is read with the password that was typed, and its key is what a new credential is set up with', async () => {
    const here = await desk();
    const made = await ours();
    const file = await chosenPfx(here, await pfxOf(made));
    expect(await here.request('pfx:read', { file, password: 'wrong', credential: null, key: null })).toMatchObject({
      ok: false,
      fault: { code: 'import.password-wrong' },
    });
    expect(await here.request('pfx:read', { file, password: 'é', credential: null, key: null })).toMatchObject({
      ok: false,
      fault: { code: 'import.password-wrong' },
    });
    const read = await here.request('pfx:read', { file, password, credential: null, key: null });
    if (!read.ok || 'keys' in read.value) throw new Error('not read');
    expect(read.value).toMatchObject({ facts: { thumbprint: made.certificate.thumbprint }, chain: 0 });
    const ended = (await here.setUp({ draft, certificate: read.value.certificate })).at(-1);
    expect(ended).toMatchObject({
      kind: 'ended',
      report: { credential: { custody: 'keyring', certificate: { thumbprint: made.certificate.thumbprint } }, proof: { ok: true } },
    });
  });

  it('is refused where it is no new one, by the same reasons as on the command line', async () => {
    const { here, id } = await connected();
    const own = join(here.here.directory, 'made elsewhere.pfx');
    here.paths.push(own);
    await here.request('certificate:export', { id, format: 'pfx', password: { typed: password }, encryption: 'compatible' });
    const file = await chosenPfx(here, own);
    expect(await here.request('pfx:read', { file, password, credential: id, key: null })).toMatchObject({
      ok: false,
      fault: { code: 'import.already-there' },
    });
    expect(await here.request('pfx:read', { file, password, credential: null, key: null })).toMatchObject({
      ok: false,
      fault: { code: 'import.of-other-credential' },
    });
    const text = await chosenPfx(here, scratchFile('made elsewhere.pfx', 'Dear administrator'));
    expect(await here.request('pfx:read', { file: text, password, credential: id, key: null })).toMatchObject({
      ok: false,
      fault: { code: 'import.pfx-invalid' },
    });
    // What was chosen before is not read any more; and nothing is where nothing was chosen.
    expect(await here.request('pfx:read', { file, password, credential: id, key: null })).toMatchObject({
      ok: false,
      fault: { code: 'window.run-unknown' },
    });
    here.paths.push(null);
    expect(await here.request('pfx:choose', null)).toEqual({ ok: true, value: null });
  });
});

describe('a certification authority', skippedWhere(!isInstalled('openssl'), 'openssl is not on the search path'), () => {
  it('signs the request of a stored credential, and the certificate comes back with its chain', async () => {
    const { here, id, again } = await connected();
    const csr = join(here.here.directory, 'contoso.csr');
    here.paths.push(csr);
    expect(await here.request('request:export', { id })).toEqual({ ok: true, value: { path: csr } });
    const ca = authority();
    const leaf = ca.sign(readFileSync(csr, 'utf8'));
    here.paths.push(scratchFile('answer.pem', [leaf, ca.intermediate, ca.root].map((path) => readFileSync(path, 'utf8')).join('')));
    const signed = await here.request('certificate:choose-signed', { id });
    if (!signed.ok || signed.value === null) throw new Error('not read');
    const { thumbprint } = readCertificate(readFileSync(leaf));
    expect(signed.value).toMatchObject({ facts: { thumbprint }, chain: 2 });
    // Nothing is stored before the dialog is accepted.
    expect(here.here.services.engine.store.find(id).certificate?.thumbprint).not.toBe(thumbprint);
    expect(await here.request('credential:save', { draft: again, certificate: signed.value.certificate })).toMatchObject({
      ok: true,
      value: { certificate: { thumbprint }, rotation: { next: 'publish' } },
    });
    expect(here.here.services.engine.store.find(id).certificate?.chain).toHaveLength(2);
    const ended = (await here.setUp({ draft: again, certificate: null })).at(-1);
    expect(ended).toMatchObject({ kind: 'ended', report: { proof: { ok: true } } });
    expect(here.here.server.world.state.tenants[0]?.applications[0]?.keyCredentials).toHaveLength(2);
  });

  it('has signed for another key: refused, and nothing chosen is nothing', async () => {
    const { here, id } = await connected();
    const other = await ours();
    here.paths.push(authority().sign(await createRequest('Other', other.privateKey)), null, null);
    expect(await here.request('certificate:choose-signed', { id })).toMatchObject({ ok: false, fault: { code: 'import.key-mismatch' } });
    expect(await here.request('certificate:choose-signed', { id })).toEqual({ ok: true, value: null });
    expect(await here.request('request:export', { id })).toEqual({ ok: true, value: null });
  });

  it('keeps the chain of a PFX for the files that are exported later', async () => {
    const here = await desk();
    const { privateKey } = await ours();
    const ca = authority();
    const certificate = readCertificate(readFileSync(ca.sign(await createRequest('Contoso', privateKey))));
    const chain = [ca.intermediate, ca.root].map((path) => readCertificate(readFileSync(path)).der);
    const file = await chosenPfx(here, await pfxOf({ certificate, privateKey }, chain));
    const read = await here.request('pfx:read', { file, password, credential: null, key: null });
    if (!read.ok || 'keys' in read.value) throw new Error('not read');
    expect(read.value.chain).toBe(2);
    const inFile = async (id: string) => {
      const path = scratchFile('chain.pem', '');
      here.paths.push(path);
      await here.request('certificate:export', { id, format: 'pem', password: null, encryption: 'modern' });
      return readFileSync(path, 'utf8').match(/BEGIN CERTIFICATE/g);
    };
    expect(await inFile(read.value.certificate)).toHaveLength(3);
    const ended = (await here.setUp({ draft, certificate: read.value.certificate })).at(-1);
    if (ended?.kind !== 'ended') throw new Error('not ended');
    expect(await inFile(ended.report.credential.id)).toHaveLength(3);
  });
});

describe('Hand over and forget the key', () => {
  it('leaves the key to the server alone, once the thumbprint that was typed is right', async () => {
    const { here, id } = await connected();
    const { engine } = here.here.services;
    const { certificate } = engine.store.find(id);
    const key = () => engine.secrets.load({ credentialId: id, thumbprint: certificate?.thumbprint ?? '' });
    expect(await here.request('handover:forget-key', { id, thumbprint: 'A'.repeat(40) })).toMatchObject({
      ok: false,
      fault: { code: 'handover.other-thumbprint' },
    });
    expect(await key()).not.toBeNull();
    const events = here.emitted.length;
    expect(await here.request('handover:forget-key', { id, thumbprint: certificate?.thumbprint ?? '' })).toMatchObject({
      ok: true,
      value: { custody: 'external', state: 'confirmed', handover: { thumbprint: certificate?.thumbprint } },
    });
    expect(here.emitted.slice(events)).toEqual([['store:changed', null]]);
    expect(await key()).toBeNull();
    expect(here.here.server.world.state.tenants[0]?.applications[0]?.keyCredentials).toHaveLength(1);
    expect(await here.request('handover:forget-key', { id, thumbprint: certificate?.thumbprint ?? '' })).toMatchObject({
      ok: false,
      fault: { code: 'handover.key-elsewhere' },
    });
    here.paths.push('/nowhere');
    expect(await here.request('request:export', { id })).toMatchObject({ ok: false, fault: { code: 'export.key-elsewhere' } });
  });
});
