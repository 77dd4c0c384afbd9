import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toCer } from '../../../main/certificates/index.ts';
import { ours } from '../../unit/certificates/samples.ts';
import { connectArgs, inside, workplace } from './command-line.ts';

const place = workplace();
const tenant = '0c77a1b2-3c4d-4e5f-8a9b-0c1d2e3f91aa';
const app = '5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3fc02f';
const file = (name: string, content: string | Uint8Array) => {
  const path = join(place().folder, name);
  writeFileSync(path, content);
  return path;
};

describe('track', () => {
  it('adds one by its ids and its certificate, whose expiry is in the list at once; nobody signs in', async () => {
    const { certificate } = await ours();
    const cer = file('one.cer', toCer(certificate));
    const before = place().state();
    const one = await place().json('one', 'track', '--name', 'Contoso', '--tenant', tenant, '--client-id', app, '--cer', cer);
    expect(one).toMatchObject({
      code: 0,
      stderr: '',
      document: {
        credential: {
          name: 'Contoso',
          tenantId: tenant,
          clientId: app,
          custody: 'external',
          state: 'never-checked',
          certificate: { thumbprint: certificate.thumbprint },
        },
      },
    });
    expect(Object.keys(one.document)).toEqual(['credential']);
    const listed = (await place().cli('one', 'list')).stdout;
    expect(listed).toContain(certificate.thumbprint.slice(0, 8));
    expect(listed).toMatch(new RegExp(`${tenant}.*${certificate.notAfter.slice(0, 4)}`));
    expect(place().state()).toBe(before);
    expect((await place().cli('one', 'track', '--name', 'Fabrikam', '--tenant', tenant, '--cer', cer)).stderr).toContain(
      'in the list already, as “Contoso”',
    );
    expect(
      await place().cli('one', 'track', '--name', 'Other', '--tenant', tenant, '--client-id', app.replace('c02f', 'c030')),
    ).toMatchObject({ code: 0, stdout: '“Other” was added.\n' });
  });

  it('claims nothing of what nobody could see: verified without a sign-in it stays never checked', async () => {
    const { certificate } = await ours();
    await place().cli(
      'unseen',
      'track',
      '--name',
      'Unseen',
      '--tenant',
      tenant,
      '--client-id',
      app,
      '--cer',
      file('unseen.cer', toCer(certificate)),
    );
    expect(await place().json('unseen', 'verify', 'Unseen')).toMatchObject({
      code: 10,
      document: { credential: { state: 'never-checked' }, proof: { ok: false, state: 'never-checked' } },
    });
    expect((await place().cli('unseen', 'verify', 'Unseen')).stderr).toContain('verify --sign-in');
    expect((await place().json('unseen', 'list')).document).toMatchObject({ credentials: [{ state: 'never-checked' }] });
  });

  it.each([
    [['--name', 'x', '--client-id', app], 'track.tenant-id-missing'],
    [['--name', 'x', '--tenant', 'contoso.com', '--client-id', app], 'track.tenant-unknown'],
    [['--name', 'x', '--tenant', tenant], 'track.id-or-certificate-needed'],
    [['--name', 'x', '--tenant', tenant, '--client-id', 'x'], 'input.client-id.not-a-guid'],
    [['--name', 'x', '--tenant', tenant, '--cer', '/nowhere.cer'], 'certificate.file-missing'],
    [['--name', ' ', '--tenant', tenant, '--client-id', app], 'input.name.empty'],
  ])('%j is refused: %s', async (args, code) => {
    expect(await place().json('refused', 'track', ...args)).toMatchObject({ code: 2, document: { fault: { code } } });
    expect((await place().json('refused', 'list')).document).toEqual({ credentials: [], damaged: [] });
  });

  it('adds the good lines of a CSV file, names the bad ones, and keeps them to be mended', async () => {
    const csv = file('many.csv', `name;tenant id;client id\nContoso;${tenant};${app}\nBad;contoso.com;${app}\n`);
    const bad = join(place().folder, 'bad.csv');
    const { code, document, stderr } = await place().json('many', 'track', '--csv', csv, '--bad-lines', bad);
    expect(code).toBe(2);
    expect(document).toEqual({
      results: [
        { line: 2, credential: expect.objectContaining({ name: 'Contoso' }) },
        { line: 3, name: 'Bad', fault: expect.objectContaining({ code: 'track.tenant-unknown' }) },
      ],
    });
    expect(stderr).toBe(`The refused lines are in ${bad}. Correct them there, then read that file.\n1 line was not added.\n`);
    writeFileSync(
      bad,
      readFileSync(bad, 'utf8')
        .replace('Bad;contoso.com', `Good;${tenant}`)
        .replace(`;${app}`, `;${app.replace('c02f', 'c031')}`),
    );
    const mended = await place().cli('many', 'track', '--csv', bad);
    expect(mended).toMatchObject({ code: 0, stderr: '' });
    expect(mended.stdout).toBe('line 2: [Practice] Good: added\n“Good” was added.\n');
  });

  it('stores nothing where the refused lines cannot be kept', async () => {
    const csv = file('kept.csv', `name;tenant id;client id\nContoso;${tenant};${app}\nBad;;${app}\n`);
    expect(await place().json('kept', 'track', '--csv', csv, '--bad-lines', csv)).toMatchObject({
      code: 2,
      document: { fault: { code: 'file.exists' } },
    });
    expect((await place().json('kept', 'list')).document).toEqual({ credentials: [], damaged: [] });
  });

  it('says each bad line in the language of the run', async () => {
    const csv = file('french.csv', `Nom;ID du locataire;ID client\nContoso;${tenant};${app}\nMauvais;contoso.com;${app}\n`);
    const { stdout, stderr } = await place().cli('french', 'track', '--csv', csv, '--lang', 'fr');
    expect(stdout).toContain('ligne 3: Mauvais: Aucun locataire de ce cloud n’a le domaine «\u00a0contoso.com\u00a0»');
    expect(stderr).toBe('1 ligne n’a pas été ajoutée.\n');
  });
});

describe('the list as a file', () => {
  it('goes from one computer to another, without keys', async () => {
    await place().cli('here', ...connectArgs('Ours'));
    const path = join(place().folder, 'list.json');
    expect(await place().json('here', 'list', '--export', path)).toMatchObject({ code: 0, document: { file: { path }, count: 1 } });
    expect(readFileSync(path, 'utf8')).not.toMatch(/PRIVATE|custody|proof/);
    expect(await place().json('here', 'list', '--export', path)).toMatchObject({ code: 2, document: { fault: { code: 'file.exists' } } });
    expect(await place().cli('here', 'list', '--export', path, '--force')).toMatchObject({
      code: 0,
      stdout: `1 credential written to ${path}, without keys.\n`,
    });
    const there = await place().json('there', 'track', '--list', path);
    expect(there).toMatchObject({
      code: 0,
      document: {
        results: [{ line: 1, credential: { name: 'Ours', tenantName: 'Contoso', custody: 'external', state: 'never-checked' } }],
      },
    });
    expect(existsSync(join(place().data('there'), 'practice', 'keyring.sqlite'))).toBe(true);
  });
});

describe('what was added without asking the tenant', () => {
  it('is read from it at the next sign-in', async () => {
    const connected = (await place().json('read', ...connectArgs('read'))).document['credential'] as {
      clientId: string;
      tenantId: string;
      objectId: string;
    };
    await place().cli('read', 'remove', 'read', '--yes');
    const { certificate } = await ours();
    const cer = file('read.cer', toCer(certificate));
    await place().cli(
      'read',
      'track',
      '--name',
      'tracked',
      '--tenant',
      connected.tenantId,
      '--client-id',
      connected.clientId,
      '--cer',
      cer,
    );
    const seen = await place().json('read', 'verify', 'tracked', '--sign-in');
    expect(seen.document).toMatchObject({ credential: { tenantName: 'Contoso', objectId: connected.objectId, state: 'needs-attention' } });
    expect(await place().json('read', 'plan', 'tracked')).toMatchObject({
      code: 0,
      document: { plan: [{ change: 'add-key-credential' }] },
    });
  });

  it('has to have its application named before anything is set up', async () => {
    const { certificate } = await ours();
    await place().cli('only', 'track', '--name', 'only', '--tenant', tenant, '--cer', file('only.cer', toCer(certificate)));
    for (const args of [
      ['plan', 'only'],
      ['repair', 'only', '--yes'],
      ['verify', 'only', '--sign-in'],
    ]) {
      expect(await place().json('only', ...args)).toMatchObject({ code: 2, document: { fault: { code: 'credential.client-id-needed' } } });
    }
    expect((await place().json('only', 'verify', 'only')).document).toMatchObject({
      credential: { certificate: { thumbprint: certificate.thumbprint } },
    });
  });
});

describe('domains that are looked up', () => {
  it('end at once with Ctrl+C: nothing is stored or written, and the same command does it all later', async () => {
    const asked = Promise.withResolvers<void>();
    const isLookUp = ({ path }: { readonly path: string }) => path.includes('openid-configuration');
    place().server.faultOn(
      (request) => {
        if (isLookUp(request)) asked.resolve();
        return isLookUp(request);
      },
      'slow',
      { ms: 60_000 },
    );
    await place().cli('stopped', 'list');
    const csv = file('stopped.csv', `name;tenant id;client id\nGood;${tenant};${app}\nAsked;contoso.example;${app}\nBad;;${app}\n`);
    const bad = join(place().folder, 'stopped-bad.csv');
    const args = ['track', '--csv', csv, '--bad-lines', bad, '--json', ...place().at('stopped')];
    const ended = await inside(args, { stopWhen: asked.promise });
    expect({ code: ended.code, document: JSON.parse(ended.stdout) as unknown }).toMatchObject({
      code: 9,
      document: { fault: { code: 'interrupted' } },
    });
    expect((await place().json('stopped', 'list')).document).toMatchObject({ credentials: [] });
    expect(existsSync(bad)).toBe(false);
    expect((await place().json('stopped', 'track', '--csv', csv, '--bad-lines', bad)).document).toMatchObject({
      results: [{ credential: { name: 'Good' } }, { credential: { name: 'Asked' } }, { fault: { code: 'track.tenant-id-missing' } }],
    });
  });

  it('ends a single one at once, too', async () => {
    const asked = Promise.withResolvers<void>();
    place().server.faultOn(
      ({ path }) => {
        if (path.includes('openid-configuration')) asked.resolve();
        return path.includes('openid-configuration');
      },
      'slow',
      { ms: 60_000 },
    );
    const args = ['track', '--name', 'Asked', '--tenant', 'contoso.example', '--client-id', app, '--json', ...place().at('single')];
    expect(await inside(args, { stopWhen: asked.promise })).toMatchObject({ code: 9, stdout: expect.stringContaining('"interrupted"') });
    expect((await place().json('single', 'list')).document).toMatchObject({ credentials: [] });
  });
});
