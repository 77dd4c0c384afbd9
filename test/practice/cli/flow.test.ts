import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toPem } from '../../../main/certificates/index.ts';
import { openssl, ours } from '../../unit/certificates/samples.ts';
import { connectArgs, run, workplace } from './command-line.ts';

const place = workplace({ tenants: 2 });
const applications = () => place().server.world.state.tenants[0]?.applications ?? [];

describe('connect', () => {
  it('ends 0 with exactly one document of exactly the documented form', async () => {
    const { code, document, stderr } = await place().json('form', ...connectArgs('form'));
    expect(code).toBe(0);
    expect(Object.keys(document).toSorted()).toEqual(['credential', 'findings', 'plan', 'proof', 'requests']);
    expect(document).toMatchObject({
      credential: {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        name: 'form',
        type: 'Microsoft 365',
        cloud: 'global',
        tenantName: 'Contoso',
        redirectUri: 'https://mailstore.example.com:8462/oidc/signin',
        profile: 'mailstore-guide',
        custody: 'keyring',
        handover: null,
        certificate: { thumbprint: expect.stringMatching(/^[0-9A-F]{40}$/), thumbprintSha256: expect.stringMatching(/^[0-9A-F]{64}$/), subject: 'CN=form', keySize: 2048 },
      },
      proof: { ok: true },
      requests: { graph: 9, sequential: 6, identity: expect.any(Number) },
    });
    const { credential, plan, proof } = document as { credential: Record<string, unknown> & { certificate: Record<string, string> }; plan: Record<string, unknown>[]; proof: { checks: Record<string, string>[] } };
    expect(Object.keys(credential).toSorted()).toEqual(
      ['certificate', 'clientId', 'cloud', 'custody', 'handover', 'id', 'name', 'objectId', 'profile', 'redirectUri', 'servicePrincipalId', 'state', 'tenantId', 'tenantName', 'type'],
    );
    for (const date of [credential.certificate['notBefore'], credential.certificate['notAfter']]) expect(date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    for (const line of plan) {
      expect(Object.keys(line).toSorted()).toEqual(['change', 'reason', 'removes', 'step']);
      expect(line['step']).toMatch(/^G\d+b?$/);
    }
    for (const check of proof.checks) {
      expect(Object.keys(check).toSorted()).toEqual(['check', 'evidence', 'result']);
      expect(check['evidence']).not.toBe('');
    }
    expect(stderr).toContain('G19');
  });

  it('twice is the same credential, the second time with an empty plan', async () => {
    const first = await place().json('twice', ...connectArgs('twice'));
    const second = await place().json('twice', ...connectArgs('TWICE'));
    expect(second.code).toBe(0);
    expect(second.document).toMatchObject({ plan: [], credential: first.document['credential'] });
  });

  it('with --plan writes nothing and leaves the proof out', async () => {
    const before = applications().length;
    const { code, document } = await place().json('plan', 'connect', '--name', 'plan', '--fqdn', 'mailstore.example.com', '--plan');
    expect(code).toBe(0);
    expect(document).not.toHaveProperty('proof');
    expect(applications()).toHaveLength(before);
    expect((await place().json('plan', 'list')).document).toEqual({ credentials: [] });
  });

  it('waits for the server’s certificate, and the same command with it completes', async () => {
    const waiting = await place().json('external', ...connectArgs('external', '--custody', 'external'));
    expect(waiting.code).toBe(10);
    expect(waiting.document).toMatchObject({ credential: { state: 'waiting-certificate', certificate: null, clientId: expect.any(String) }, fault: { code: 'state.waiting-certificate' } });
    const { clientId, tenantId } = waiting.document['credential'] as { clientId: string; tenantId: string };
    for (const id of [clientId, tenantId]) expect(waiting.stderr).toContain(id);
    const { certificate } = await ours('MailStore');
    const file = join(place().folder, 'mailstore.cer');
    writeFileSync(file, toPem(certificate));
    const done = await place().json('external', ...connectArgs('external', '--certificate', file));
    expect(done.code).toBe(0);
    expect(done.document).toMatchObject({ credential: { clientId, state: 'set-up', certificate: { thumbprint: certificate.thumbprint } }, proof: { ok: true } });
  });

  it('stopped by Ctrl+C is completed by the same command, with one application', async () => {
    let pressed = false;
    const before = applications().length;
    const stopped = await run([...connectArgs('stopped'), ...place().at('stopped')], {
      onStderr: (text, stop) => {
        if (text.includes('G2 ') && !pressed) stop('SIGINT');
        pressed ||= text.includes('G2 ');
      },
    });
    expect([0, 9]).toContain(stopped.code);
    const done = await place().json('stopped', ...connectArgs('stopped'));
    expect(done.code).toBe(0);
    expect(applications()).toHaveLength(before + 1);
  });
});

describe('people', () => {
  const as = (role: string) => place().server.describe().tenants[0]?.accounts.find((account) => account.role === role)?.upn ?? '';

  it.each([
    ['Privileged Role Administrator', 0],
    ['Guest', 0],
    ['GDAP partner', 0],
    ['Needs multi-factor authentication', 0],
    ['Blocked by Conditional Access', 3],
    ['Declines consent', 3],
  ])('%s ends %i', async (role, code) => {
    const tenant = place().server.describe().tenants[0]?.domain ?? '';
    const ended = await place().json(`as ${role}`, ...connectArgs(role, '--practice-account', as(role), '--tenant', tenant));
    expect({ code: ended.code, fault: ended.document['fault'] }).toEqual({ code, fault: code === 0 ? undefined : expect.objectContaining({ fix: expect.any(String) }) });
  });

  it('Cloud Application Administrator waits for consent; a Global Administrator completes it', async () => {
    const first = await place().json('consent', ...connectArgs('consent', '--practice-account', as('Cloud Application Administrator')));
    expect(first.code).toBe(10);
    expect(first.document).toMatchObject({ credential: { state: 'waiting-consent' }, fault: { code: 'state.waiting-consent', fix: expect.stringContaining('/adminconsent?client_id=') } });
    expect((await place().cli('consent', ...connectArgs('consent'))).code).toBe(0);
  });

  it('an ordinary user is refused, and nothing is left behind', async () => {
    const before = applications().length;
    const ended = await place().json('ordinary', ...connectArgs('ordinary', '--practice-account', as('Ordinary user')));
    expect([3, 4]).toContain(ended.code);
    expect(applications()).toHaveLength(before);
  });

  it('of another tenant than the one meant end 3 before any write', async () => {
    const [, other] = place().server.describe().tenants;
    const ended = await place().json('elsewhere', ...connectArgs('elsewhere', '--practice-account', as('Global Administrator'), '--tenant', other?.id ?? ''));
    expect(ended.code).toBe(3);
    expect(place().server.world.state.tenants[1]?.applications).toEqual([]);
  });
});

describe('after connect', () => {
  it('verify, show, list, export, handover, remove and restore do what they say', async () => {
    const { json, cli, folder } = place();
    const connected = await json('life', ...connectArgs('life'));
    const { id } = connected.document['credential'] as { id: string };
    expect((await json('life', 'verify', id)).document).toMatchObject({ credential: { id }, plan: [], proof: { ok: true } });
    expect((await json('life', 'verify', 'life', '--sign-in')).code).toBe(0);
    expect((await json('life', 'verify', '--all')).document).toMatchObject({ results: [{ credential: { id }, proof: { ok: true } }] });
    expect((await json('life', 'plan', 'life')).document).toMatchObject({ plan: [] });
    expect((await json('life', 'repair', 'life', '--yes')).document).toMatchObject({ plan: [], proof: { ok: true } });
    expect((await json('life', 'show', 'life')).document).toMatchObject({ credential: { id }, proof: { ok: true } });
    expect((await json('life', 'list')).document).toMatchObject({ credentials: [{ id, name: 'life' }] });
    expect((await json('life', 'audit', 'life')).document).toMatchObject({ entries: expect.arrayContaining([expect.objectContaining({ phase: 'done', actor: expect.stringContaining('@') })]) });

    const file = (name: string) => join(folder, `life.${name}`);
    expect((await cli('life', 'export', 'life', '--format', 'cer', '--out', file('cer'))).code).toBe(0);
    expect(statSync(file('cer')).mode & 0o777).toBe(0o600);
    const { thumbprint } = (connected.document['credential'] as { certificate: { thumbprint: string } }).certificate;
    expect(new X509Certificate(readFileSync(file('cer'))).fingerprint.replaceAll(':', '')).toBe(thumbprint);
    expect((await cli('life', 'export', 'life', '--format', 'cer', '--out', file('cer'))).code).toBe(2);
    expect((await cli('life', 'export', 'life', '--format', 'cer', '--out', file('cer'), '--force')).code).toBe(0);
    expect((await cli('life', 'export', 'life', '--format', 'pem', '--out', file('pem'))).code).toBe(0);
    expect(readFileSync(file('pem'), 'utf8')).not.toContain('PRIVATE');
    expect((await run(['export', 'life', '--format', 'pfx', '--out', file('pfx'), '--password-stdin', ...place().at('life')], { input: 'pass word\r\n' })).code).toBe(0);
    expect(openssl(['pkcs12', '-in', file('pfx'), '-passin', 'pass:pass word', '-nodes'])).toContain('PRIVATE KEY');
    expect((await cli('life', 'export', 'life', '--format', 'pfx', '--out', file('none.pfx'))).code).toBe(2);

    expect((await cli('life', 'handover', 'life')).code).toBe(2);
    expect((await cli('life', 'handover', 'life', '--confirmed', '--thumbprint', 'A'.repeat(40))).code).toBe(2);
    expect((await json('life', 'handover', 'life', '--confirmed', '--thumbprint', thumbprint)).document).toMatchObject({ credential: { state: 'confirmed', handover: { thumbprint, by: expect.any(String) } } });

    expect((await cli('life', 'remove', 'life')).code).toBe(2);
    expect((await cli('life', 'remove', 'life', '--yes')).code).toBe(0);
    expect((await json('life', 'list')).document).toEqual({ credentials: [] });
    expect((await json('life', 'list', '--deleted')).document).toMatchObject({ credentials: [{ id, deletedAt: expect.any(String) }] });
    expect((await json('life', 'restore', 'life', '--yes')).document).toMatchObject({ credential: { id }, proof: { ok: true } });
    expect((await cli('life', 'remove', 'life', '--yes', '--delete-registration')).code).toBe(2);
    expect((await cli('life', 'remove', 'life', '--yes', '--delete-registration', '--confirm-name', 'life')).code).toBe(0);
    expect((await json('life', 'restore', 'life', '--yes')).document).toMatchObject({ credential: { id }, proof: { ok: true } });
    expect((await cli('life', 'remove', 'life', '--yes', '--purge')).code).toBe(0);
    expect((await cli('life', 'restore', 'life', '--yes')).code).toBe(2);
  }, 90_000);

  it('a check that fails ends 5, and repair heals it', async () => {
    const { json } = place();
    await json('broken', ...connectArgs('broken'));
    const application = applications().find((each) => each.displayName === 'broken');
    if (application === undefined) throw new Error('no application');
    application.keyCredentials = [];
    const broken = await json('broken', 'verify', 'broken');
    expect(broken.code).toBe(5);
    expect(broken.document).toMatchObject({ credential: { state: 'needs-attention' }, fault: { code: 'state.needs-attention' }, proof: { ok: false } });
    expect((await json('broken', 'verify', '--all')).code).toBe(5);
    expect((await json('broken', 'repair', 'broken', '--yes')).code).toBe(0);
  });
});
