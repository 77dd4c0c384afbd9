import { X509Certificate } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { practiceKeychain } from '../../../main/vault/index.ts';
import { isWine, privateFile, requireProgram } from '../../system.ts';
import { openssl } from '../../unit/certificates/samples.ts';
import { connectArgs, inside, workplace, type Document } from './command-line.ts';

const place = workplace();
const file = (name: string) => join(place().folder, name);
const fault = (code: string) => ({ fault: { code } });

interface Credential {
  readonly id: string;
  readonly clientId: string;
  readonly certificate: { readonly thumbprint: string; readonly thumbprintSha256: string };
}

/** A credential for the tests of one verb, each in a data directory of its own. */
async function connected(name: string, ...more: string[]): Promise<Credential> {
  const { document } = await place().json(name, ...connectArgs(name, ...more));
  return document['credential'] as Credential;
}

describe('reading', () => {
  let credential: Credential;
  beforeAll(async () => {
    credential = await connected('read');
  });

  it('show and list know it by name and by id, and say what was proven last', async () => {
    for (const called of ['read', 'READ', credential.id]) {
      const { code, document } = await place().json('read', 'show', called);
      expect(code).toBe(0);
      expect(Object.keys(document)).toEqual(['credential', 'plan', 'findings', 'proof', 'requests', 'thumbprints']);
      expect(document).toMatchObject({ credential, plan: [], proof: { ok: true }, requests: { graph: 0, identity: 0, sequential: 0 } });
    }
    expect((await place().json('read', 'list')).document).toEqual({ credentials: [expect.objectContaining(credential)], damaged: [] });
    expect((await place().cli('read', 'list')).stdout).toMatch(/\[Practice\] read +Microsoft 365 +Contoso/);
    const shown = (await place().cli('read', 'show', 'read')).stdout;
    expect(shown).toContain(credential.certificate.thumbprint);
    const x5t = Buffer.from(credential.certificate.thumbprint, 'hex').toString('base64url');
    expect(shown).toMatch(new RegExp(`^ {2}x5t {7}${x5t}$`, 'm'));
    expect((await place().json('read', 'show', 'read')).document).toMatchObject({
      thumbprints: { sha1: credential.certificate.thumbprint, x5t },
    });
  });

  it('show says what was proven in the language that it is asked in, whoever proved it', async () => {
    const evidence = async (language: string) => {
      const { document } = await place().json('read', 'show', 'read', '--lang', language);
      const { checks } = document['proof'] as { checks: { check: string; evidence: string; code: string }[] };
      return new Map(checks.map(({ check, evidence: words, code }) => [check, `${code}: ${words}`]));
    };
    expect((await evidence('en')).get('service-principal')).toMatch(/^check\.service-principal\.passed: Enabled, and no user/);
    expect((await evidence('de')).get('service-principal')).toMatch(/^check\.service-principal\.passed: Aktiviert, /);
    expect((await evidence('fr')).get('id-tokens')).toMatch(/^check\.id-tokens\.passed: Les jetons d’ID/);
    for (const language of ['en', 'de', 'fr'])
      expect((await evidence(language)).get('ews-allowed')).toContain(`\n$appId = '${credential.clientId}'\n`);
    const shown = (await place().cli('read', 'show', 'read', '--lang', 'de')).stdout;
    expect(shown).toContain('Aktiviert, ');
    expect(shown).not.toContain('Enabled, ');
  });

  it('verify proves it again without anybody, --sign-in with an administrator', async () => {
    const alone = await place().json('read', 'verify', 'read');
    expect(alone).toMatchObject({ code: 0, document: { credential, plan: [], proof: { ok: true } } });
    expect(alone.stderr).not.toContain('Sign-in ');
    const seen = await place().json('read', 'verify', 'read', '--sign-in');
    expect(seen).toMatchObject({ code: 0, document: { proof: { ok: true } } });
    expect(seen.stderr).toContain('Sign-in ');
  });

  it('plan and repair have nothing to do', async () => {
    const plan = await place().json('read', 'plan', 'read');
    expect(plan).toMatchObject({ code: 0, document: { credential, plan: [] } });
    expect(plan.document).not.toHaveProperty('proof');
    expect(await place().json('read', 'repair', 'read', '--yes')).toMatchObject({
      code: 0,
      document: { credential, plan: [], proof: { ok: true } },
    });
  });

  it('audit tells who changed what, in time', async () => {
    const { entries } = (await place().json('read', 'audit', 'read')).document as { entries: Document[] };
    expect(entries.length).toBeGreaterThan(8);
    for (const entry of entries)
      expect(entry).toMatchObject({
        at: expect.stringMatching(/Z$/),
        actor: 'admin@contoso.example',
        credentialId: credential.id,
        phase: expect.stringMatching(/^(intent|done)$/),
      });
    expect((await place().json('read', 'audit', credential.id)).document).toEqual({ entries });
    expect((await place().cli('read', 'audit')).stdout).toContain('create-application');
  });

  it('profiles are listed with their permissions and what is to be known of them', async () => {
    const { profiles } = (await place().json('read', 'profiles')).document as {
      profiles: { id: string; permissions: Document[]; notices: string[] }[];
    };
    expect(profiles.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['mailstore-guide', 'mailstore-graph', 'directory-only', 'imap-access']),
    );
    expect(profiles[0]?.permissions.map((each) => each['value'])).toEqual(['User.Read', 'Directory.Read.All', 'full_access_as_app']);
    expect(profiles[0]?.notices.join()).toContain('EWS');
    expect((await place().cli('read', 'profiles', '--lang', 'fr')).stdout).toContain('mailstore-graph');
  });
});

describe('verify --all', () => {
  it('has one result per credential and the exit code of the worst, which it says', async () => {
    expect(await place().json('all', 'verify', '--all')).toMatchObject({ code: 0, document: { results: [] } });
    await connected('all', '--profile', 'directory-only');
    await place().cli('all', ...connectArgs('waiting', '--custody', 'external'));
    const waiting = await place().json('all', 'verify', '--all');
    expect(waiting.code).toBe(10);
    expect(waiting.document).toMatchObject({
      results: expect.arrayContaining([
        expect.objectContaining({ credential: expect.objectContaining({ name: 'all', state: 'proven' }) }),
        expect.objectContaining({ fault: expect.objectContaining({ code: 'state.waiting-certificate' }) }),
      ]),
    });
    expect(Object.keys(waiting.document)).toEqual(['results', 'damaged']);
    expect(waiting.stderr).toBe('1 of 2 credentials need attention; the results say what to do.\n');
    const application = place()
      .applications()
      .find((each) => each.displayName === 'all');
    if (application === undefined) throw new Error('no application');
    application.keyCredentials = [];
    expect(await place().json('all', 'verify', 'all')).toMatchObject({
      code: 5,
      document: { credential: { state: 'needs-attention' }, proof: { ok: false }, ...fault('state.needs-attention') },
    });
    expect((await place().cli('all', 'verify', '--all')).code).toBe(5);
    expect(await place().json('all', 'plan', 'all')).toMatchObject({
      code: 0,
      document: { plan: [{ change: 'add-key-credential', step: 'key-credential' }] },
    });
    expect(await place().json('all', 'repair', 'all', '--yes')).toMatchObject({ code: 0, document: { proof: { ok: true } } });
  });
});

describe('export', () => {
  let credential: Credential;
  beforeAll(async () => {
    credential = await connected('export');
  });
  const exported = (...args: string[]) => place().json('export', 'export', 'export', ...args);

  it('cer is DER, pem the certificate alone; both for this user only', async () => {
    for (const format of ['cer', 'pem'] as const) {
      const path = file(`out.${format}`);
      expect(await exported('--format', format, '--out', path)).toMatchObject({
        code: 0,
        document: { credential: { id: credential.id }, file: { path, format } },
      });
      expect(statSync(path).mode & 0o777).toBe(privateFile);
      expect(new X509Certificate(readFileSync(path)).fingerprint.replaceAll(':', '')).toBe(credential.certificate.thumbprint);
    }
    expect(readFileSync(file('out.cer'))[0]).toBe(0x30);
    expect(readFileSync(file('out.pem'), 'utf8')).toMatch(/^-----BEGIN CERTIFICATE-----\n[^]*-----END CERTIFICATE-----\n$/);
  });

  it('never goes over an existing file without --force', async () => {
    writeFileSync(file('mine.cer'), 'mine');
    expect(await exported('--format', 'cer', '--out', file('mine.cer'))).toMatchObject({ code: 2, document: fault('file.exists') });
    expect(readFileSync(file('mine.cer'), 'utf8')).toBe('mine');
    expect(await exported('--format', 'cer', '--out', file('mine.cer'), '--force')).toMatchObject({ code: 0 });
    expect(readFileSync(file('mine.cer'))[0]).toBe(0x30);
  });

  it.each([
    ['modern', ['--password-stdin']],
    ['compatible', ['--password-file']],
  ] as const)('pfx, %s, has the key behind the password', async (encryption, [source]) => {
    writeFileSync(file('password'), 'pass word\n');
    const path = file(`${encryption}.pfx`);
    const password = source === '--password-file' ? [source, file('password')] : [source];
    const ended = await inside(
      ['export', 'export', '--format', 'pfx', '--out', path, '--pfx-encryption', encryption, ...password, ...place().at('export')],
      { input: 'pass word\r\nmore' },
    );
    // Wine has no icacls: there the rights of the folder apply, and it is said.
    expect(ended).toMatchObject({ code: 0, stderr: isWine ? expect.stringContaining(path) : '' });
    expect(ended.stdout).toContain('handover "export" --confirmed');
    expect(ended.stdout).toContain(`Import-PfxCertificate -FilePath '${path}'`);
    expect(ended.stdout).not.toContain('pass word');
    const legacy = encryption === 'compatible' ? ['-legacy'] : [];
    requireProgram('openssl');
    expect(openssl(['pkcs12', '-in', path, '-passin', 'pass:pass word', '-nodes', ...legacy])).toContain('PRIVATE KEY');
  });
});

describe('a password that is made for a PFX', () => {
  it('opens it, and is shown once', async () => {
    await connected('made');
    const [path, again] = [file('made.pfx'), file('again.pfx')];
    const args = (to: string) => ['export', 'made', '--format', 'pfx', '--out', to, '--generate-password'];
    const { code, stdout } = await place().cli('made', ...args(path));
    const password = /^Password, shown only now: (\S{29})$/m.exec(stdout)?.[1] ?? '';
    expect({ code, opened: openssl(['pkcs12', '-in', path, '-passin', `pass:${password}`, '-nodes']).includes('PRIVATE KEY') }).toEqual({
      code: 0,
      opened: true,
    });
    const { document } = await place().json('made', ...args(again));
    expect(document).toMatchObject({ file: { path: again, format: 'pfx' }, importCommands: { certutil: expect.stringContaining(again) } });
    expect(openssl(['pkcs12', '-in', again, '-passin', `pass:${String(document['password'])}`, '-nodes'])).toContain('PRIVATE KEY');
    expect(document['password']).not.toBe(password);
    const logs = readdirSync(join(place().data('made'), 'practice', 'logs'))
      .map((name) => readFileSync(join(place().data('made'), 'practice', 'logs', name), 'utf8'))
      .join('');
    expect(logs).toContain('certificate.exported');
    expect(logs.includes(password) || logs.includes(String(document['password']))).toBe(false);
  });

  it.each([
    ['--format', 'cer', '--generate-password'],
    ['--format', 'pfx', '--generate-password', '--password-stdin'],
    ['--format', 'pfx', '--generate-password', '--password-file', 'x'],
  ])('does not go with %s %s %s %s', async (...args) => {
    expect(await place().json('made', 'export', 'made', '--out', file('x'), ...args.filter((each) => each !== undefined))).toMatchObject({
      code: 2,
      document: fault('input.option.conflict'),
    });
  });
});

describe('hand over and forget the key', () => {
  it('leaves the key to the server alone, and never calls that proven', async () => {
    const { certificate } = await connected('forget');
    const forget = (...args: string[]) => place().json('forget', 'handover', 'forget', ...args, '--forget-key');
    expect(await forget()).toMatchObject({ code: 2, document: fault('handover.not-confirmed') });
    expect(await forget('--not-needed')).toMatchObject({ code: 2, document: fault('input.option.conflict') });
    expect(await forget('--confirmed', '--thumbprint', 'A'.repeat(40))).toMatchObject({
      code: 2,
      document: fault('handover.other-thumbprint'),
    });
    const keys = () => practiceKeychain(join(place().data('forget'), 'practice')).accounts();
    expect(await keys()).toHaveLength(1);
    expect((await forget('--confirmed')).document).toMatchObject({
      credential: { custody: 'external', state: 'confirmed', handover: { thumbprint: certificate.thumbprint } },
    });
    expect(await keys()).toEqual([]);
    expect(await forget('--confirmed')).toMatchObject({ code: 2, document: fault('handover.key-elsewhere') });
    expect(
      await place().json('forget', 'export', 'forget', '--format', 'pfx', '--out', file('gone.pfx'), '--generate-password'),
    ).toMatchObject({ code: 2, document: fault('export.key-elsewhere') });
    expect(await place().json('forget', 'verify', 'forget', '--sign-in', '--yes')).toMatchObject({
      code: 0,
      document: {
        proof: {
          checks: expect.arrayContaining([
            expect.objectContaining({ check: 'key-credential', result: 'passed' }),
            expect.objectContaining({ check: 'token-graph', result: 'not-testable' }),
          ]),
        },
      },
    });
  });
});

describe('handover', () => {
  it('takes the administrator’s word, and only for the right certificate', async () => {
    const { certificate } = await connected('hand');
    const handover = (...args: string[]) => place().json('hand', 'handover', 'hand', '--confirmed', ...args);
    expect(await handover('--thumbprint', 'A'.repeat(40))).toMatchObject({ code: 2, document: fault('handover.other-thumbprint') });
    expect(await handover('--thumbprint', 'xyz')).toMatchObject({ code: 2, document: fault('certificate.thumbprint-invalid') });
    expect((await place().json('hand', 'show', 'hand')).document).toMatchObject({ credential: { handover: null } });
    const typed = certificate.thumbprint.toLowerCase().replace(/(..)(?!$)/g, '$1:');
    const confirmed = {
      credential: {
        state: 'confirmed',
        handover: { thumbprint: certificate.thumbprint, by: expect.stringMatching(/./), confirmedAt: expect.stringMatching(/Z$/) },
      },
    };
    expect(await handover('--thumbprint', typed)).toMatchObject({ code: 0, document: confirmed });
    expect(await handover('--thumbprint', certificate.thumbprintSha256)).toMatchObject({ code: 0, document: confirmed });
    expect(await place().json('hand', 'verify', 'hand')).toMatchObject({
      code: 0,
      document: { credential: { state: 'confirmed' }, proof: { ok: true } },
    });
    await place().cli('hand', ...connectArgs('none', '--custody', 'external'));
    expect(await place().json('hand', 'handover', 'none', '--confirmed')).toMatchObject({
      code: 2,
      document: fault('handover.no-certificate'),
    });
  });
});

describe('remove and restore', () => {
  it('keeps key and row until purged', async () => {
    const { id } = await connected('bin');
    expect(await place().json('bin', 'remove', 'bin', '--yes')).toMatchObject({
      code: 0,
      document: { credential: { id }, purged: false, registrationDeleted: false },
    });
    expect((await place().json('bin', 'list')).document).toEqual({ credentials: [], damaged: [] });
    expect((await place().json('bin', 'list', '--deleted')).document).toMatchObject({
      credentials: [{ id, deletedAt: expect.stringMatching(/Z$/) }],
    });
    expect(await place().json('bin', 'restore', 'bin', '--yes')).toMatchObject({
      code: 0,
      document: { credential: { id }, proof: { ok: true } },
    });
    await place().cli('bin', 'remove', id, '--yes');
    expect(await place().json('bin', 'remove', 'bin', '--purge', '--yes')).toMatchObject({ code: 0, document: { purged: true } });
    expect((await place().json('bin', 'list', '--deleted')).document).toEqual({ credentials: [], damaged: [] });
    expect(await place().json('bin', 'restore', 'bin', '--yes')).toMatchObject({ code: 2, document: fault('input.credential.unknown') });
    expect((await place().json('bin', 'audit', id)).document).toMatchObject({ entries: expect.arrayContaining([expect.anything()]) });
  });

  it('with --delete-registration needs the name typed, writes an export first, and comes back whole', async () => {
    const { id, clientId } = await connected('whole');
    const remove = (...args: string[]) => place().json('whole', 'remove', 'whole', '--yes', '--delete-registration', ...args);
    expect(await remove()).toMatchObject({ code: 2, document: fault('removal.name-not-confirmed') });
    expect(await remove('--confirm-name', 'Whole')).toMatchObject({ code: 2, document: fault('removal.name-not-confirmed') });
    expect(
      place()
        .applications()
        .some((each) => each.appId === clientId),
    ).toBe(true);
    const removed = await remove('--confirm-name', 'whole');
    expect(removed).toMatchObject({
      code: 0,
      document: { registrationDeleted: true, export: expect.stringContaining('[Practice] registration-') },
    });
    expect(JSON.parse(readFileSync(String(removed.document['export']), 'utf8'))).toMatchObject({
      application: { appId: clientId },
      keyCredentials: [expect.anything()],
    });
    expect(
      place()
        .applications()
        .some((each) => each.appId === clientId),
    ).toBe(false);
    const [tenant] = place().server.world.state.tenants;
    expect(await place().json('whole', 'restore', 'whole', '--yes')).toMatchObject({
      code: 0,
      document: { credential: { id, clientId }, proof: { ok: true } },
    });
    expect(
      place()
        .applications()
        .some((each) => each.appId === clientId),
    ).toBe(true);
    expect(tenant?.servicePrincipals.some((each) => each.appId === clientId)).toBe(true);
    expect(await place().json('whole', 'verify', 'whole', '--sign-in')).toMatchObject({ code: 0 });
  });

  it('is refused for an adopted application and where others have keys', async () => {
    const { clientId } = await connected('first');
    await place().cli(
      'first',
      'connect',
      '--name',
      'adopted',
      '--fqdn',
      'second.example.com',
      '--client-id',
      clientId,
      '--key-size',
      '2048',
      '--yes',
    );
    expect(await place().json('first', 'remove', 'adopted', '--yes', '--delete-registration', '--confirm-name', 'adopted')).toMatchObject({
      code: 4,
      document: fault('removal.adopted'),
    });
    expect(await place().json('first', 'remove', 'first', '--yes', '--delete-registration', '--confirm-name', 'first')).toMatchObject({
      code: 4,
      document: fault('removal.foreign-keys'),
    });
    expect(
      place()
        .applications()
        .some((each) => each.appId === clientId),
    ).toBe(true);
    expect((await place().json('first', 'list')).document).toMatchObject({ credentials: [{ name: 'adopted' }, { name: 'first' }] });
  });

  it('at a terminal names what is lost, and anything but yes keeps it', async () => {
    const { id } = await connected('asked');
    const args = ['remove', id, '--delete-registration', '--confirm-name', 'asked', ...place().at('asked')];
    expect(await inside(args, { answers: ['no'] })).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/Remove “asked” from the list\?/),
    });
    const kept = await inside(args, { answers: ['yes', 'no'] });
    expect(kept).toMatchObject({ code: 2, stdout: '' });
    expect(kept.stderr).toMatch(/Contoso[^]*− Registration +Delete the application.*every server that uses them stops at once.*30 days/);
    expect(
      place()
        .applications()
        .some(({ displayName }) => displayName === 'asked'),
    ).toBe(true);
    const path = file('export.json');
    const removed = await inside([...args, '--out', path], { answers: ['y', 'y'] });
    expect(removed.code).toBe(0);
    expect(removed.stdout).toContain('30 days');
    expect(existsSync(path)).toBe(true);
  });

  it('stopped at any moment is completed by the same command', async () => {
    await connected('stopped');
    const remove = ['remove', 'stopped', '--yes', '--delete-registration', '--confirm-name', 'stopped', ...place().at('stopped')];
    // The deletion took effect, but its answer never came.
    place().server.faultOn(({ method }) => method === 'DELETE', 'drop-after-write', { times: 9 });
    expect((await inside(remove)).code).toBe(9);
    expect(
      place()
        .applications()
        .some((each) => each.displayName === 'stopped'),
    ).toBe(false);
    expect((await place().json('stopped', 'list')).document).toMatchObject({ credentials: [{ name: 'stopped' }] });
    expect((await inside(remove)).code).toBe(0);
    const restore = ['restore', 'stopped', '--yes', ...place().at('stopped')];
    const interrupted = await inside(restore, { onStderr: (text, stop) => (text.includes('Sign-in ') ? stop() : undefined) });
    expect([3, 9]).toContain(interrupted.code);
    expect((await inside(restore)).code).toBe(0);
    expect(readdirSync(place().data(join('stopped', 'practice'))).filter((name) => name.includes('registration-'))).toHaveLength(1);
  });
});
