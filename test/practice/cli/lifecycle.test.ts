import { beforeAll, describe, expect, it } from 'vitest';
import { connectArgs, connectedAt, workplace, type ConnectedCredential, type Document } from './command-line.ts';

const place = workplace();
const fault = (code: string) => ({ fault: { code } });
const connected = (name: string, ...more: string[]) => connectedAt(place(), name, ...more);

describe('reading', () => {
  let credential: ConnectedCredential;
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
