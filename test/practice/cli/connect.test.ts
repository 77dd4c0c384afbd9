import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toCer, toPem } from '../../../main/certificates/index.ts';
import { practiceSecretsFile } from '../../../main/vault/practice-keychain.ts';
import { ours } from '../../unit/certificates/samples.ts';
import { connectArgs, workplace, type Document } from './command-line.ts';

const place = workplace({ tenants: 2 });

interface Connected extends Document {
  readonly credential: Document & { readonly clientId: string; readonly tenantId: string; readonly certificate: Record<string, string> };
  readonly plan: Record<string, unknown>[];
  readonly proof: { readonly checks: Record<string, string>[] };
}

describe('connect', () => {
  it('ends 0 with exactly one document of exactly the documented form', async () => {
    const { code, document, stderr } = await place().json('form', ...connectArgs('form'));
    expect(code).toBe(0);
    const { credential, plan, proof } = document as Connected;
    expect(Object.keys(document)).toEqual(['credential', 'plan', 'findings', 'proof', 'requests']);
    expect(credential).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: 'form',
      type: 'Microsoft 365',
      cloud: 'global',
      tenantId: place().server.describe().tenants[0]?.id,
      tenantName: 'Contoso',
      tenantDomain: expect.stringMatching(/^contoso\./),
      customer: '',
      notes: '',
      clientId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      objectId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      servicePrincipalId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      redirectUri: 'https://mailstore.example.com:8462/oidc/signin',
      server: 'mailstore-server',
      instance: null,
      profile: 'mailstore-guide',
      custody: 'keyring',
      state: 'set-up',
      handover: null,
      certificate: {
        thumbprint: expect.stringMatching(/^[0-9A-F]{40}$/),
        thumbprintSha256: expect.stringMatching(/^[0-9A-F]{64}$/),
        subject: 'CN=form',
        keySize: 2048,
        notBefore: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        notAfter: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      },
    });
    expect(plan.length).toBeGreaterThan(8);
    for (const line of plan)
      expect(line).toEqual({
        change: expect.stringMatching(/^[a-z-]+$/),
        step: expect.stringMatching(/^(registration|key-credential|user-sign-in|permissions|consent)$/),
        reason: expect.stringMatching(/./),
        removes: false,
      });
    expect(document['proof']).toEqual({ ok: true, state: 'set-up', checks: expect.anything() });
    for (const check of proof.checks) {
      expect(check).toEqual({
        check: expect.stringMatching(/^[a-z-]+$/),
        result: expect.stringMatching(/^(passed|not-testable)$/),
        evidence: expect.stringMatching(/./),
        code: expect.stringMatching(/^(check|fault)\./),
      });
    }
    expect(proof.checks.find(({ check }) => check === 'ews-allowed')?.['evidence']).toContain(credential.clientId);
    expect(document['requests']).toEqual({ graph: expect.any(Number), identity: expect.any(Number), sequential: expect.any(Number) });
    for (const step of ['Sign-in ', 'Certificate ', 'Publication ', 'Consent ']) expect(stderr).toContain(step);
  });

  it('for people marks the simulated tenant and shows every check with its evidence', async () => {
    const { code, stdout } = await place().cli('people', ...connectArgs('people'));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\[Practice\] people\n/);
    expect(stdout).toMatch(/✔ .+ – passed\n {6}\S/);
  });

  it('twice is the same credential, the second time with an empty plan', async () => {
    const first = await place().json('twice', ...connectArgs('twice'));
    const again = await place().json('twice', ...connectArgs('  TWICE '));
    expect(again.code).toBe(0);
    expect(again.document).toMatchObject({ plan: [], credential: first.document['credential'] ?? null });
    expect(await place().json('twice', 'show', ' Twice ')).toMatchObject({ code: 0, document: { credential: { name: 'twice' } } });
  });

  it('with --plan shows the plan, leaves the proof out, and writes nothing', async () => {
    const before = place().applications().length;
    const { code, document } = await place().json('plan', 'connect', '--name', 'plan', '--fqdn', 'mailstore.example.com', '--plan');
    expect(code).toBe(0);
    expect(Object.keys(document)).toEqual(['credential', 'plan', 'findings', 'requests']);
    expect(place().applications()).toHaveLength(before);
    expect((await place().json('plan', 'list')).document).toEqual({ credentials: [], damaged: [] });
  });

  it.each(['gcch', 'delos'])('of another cloud, profile, port and application name does what it was told: %s', async (cloud) => {
    const args = [
      'connect',
      '--name',
      `told in ${cloud}`,
      '--app-name',
      'Mail archive',
      '--redirect-uri',
      'https://archive.example.com/oidc/signin',
      '--profile',
      'directory-only',
      '--cloud',
      cloud,
      '--key-size',
      '2048',
      '--valid-months',
      '3',
      '--yes',
    ];
    const { code, document } = await place().json(`told-${cloud}`, ...args);
    expect(code).toBe(0);
    expect(document).toMatchObject({
      credential: {
        cloud,
        profile: 'directory-only',
        state: 'proven',
        redirectUri: 'https://archive.example.com/oidc/signin',
        certificate: { subject: 'CN=Mail archive' },
      },
    });
    expect(
      place()
        .applications()
        .map((each) => each.displayName),
    ).toContain('Mail archive');
  });

  it('makes a certificate that ends on the day asked for; so does repair, where the key is lost', async () => {
    const end = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    const { document } = await place().json('until', ...connectArgs('until', '--until', end(40)));
    expect(document).toMatchObject({ credential: { certificate: { notAfter: `${end(40)}T23:59:59Z` } }, proof: { ok: true } });
    expect(document['plan']).toContainEqual(
      expect.objectContaining({ change: 'add-key-credential', reason: expect.stringContaining(`valid until ${end(40)}`) }),
    );
    rmSync(join(place().data('until'), 'practice', practiceSecretsFile));
    expect((await place().json('until', 'repair', 'until', '--until', end(50), '--yes')).document).toMatchObject({
      credential: { certificate: { notAfter: `${end(50)}T23:59:59Z` } },
    });
  });

  it('leaves port 443 out of the address, and says how an international name is written', async () => {
    const { document, stderr } = await place().json(
      'idn',
      'connect',
      '--name',
      'idn',
      '--fqdn',
      'büro.example.com',
      '--port',
      '443',
      '--plan',
    );
    expect(document).toMatchObject({ credential: { redirectUri: 'https://xn--bro-hoa.example.com/oidc/signin' } });
    expect(stderr).toContain('xn--bro-hoa.example.com (büro.example.com)');
    expect((await place().cli('idn', 'connect', '--name', 'short', '--fqdn', 'mailstore', '--plan')).stderr).toContain('domain');
  });

  it('refuses a name that stands for another redirect URI or application', async () => {
    await place().cli('taken', ...connectArgs('taken'));
    for (const other of [
      ['connect', '--name', 'taken', '--fqdn', 'other.example.com', '--yes'],
      connectArgs('taken', '--client-id', '5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3f4a5b'),
      connectArgs('taken', '--tenant', '5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3f4a5b'),
    ]) {
      expect(await place().json('taken', ...other)).toMatchObject({ code: 2, document: { fault: { code: 'input.name.taken' } } });
    }
  });

  it('calls the application as the guide does where nothing else is said', async () => {
    const { document } = await place().json(
      'guide',
      'connect',
      '--name',
      'guide',
      '--fqdn',
      'mailstore.example.com',
      '--key-size',
      '2048',
      '--yes',
    );
    const { credential } = document as { credential: { clientId: string } };
    expect(
      place()
        .applications()
        .find((each) => each.appId === credential.clientId),
    ).toMatchObject({ displayName: 'MailStore Server' });
  });

  it('adopts an application by its id, and leaves what was there', async () => {
    await place().cli('adopt', ...connectArgs('first'));
    const application = place()
      .applications()
      .find((each) => each.displayName === 'first');
    const keys = structuredClone(application?.keyCredentials ?? []);
    const adopted = await place().json(
      'adopt',
      'connect',
      '--name',
      'adopted',
      '--fqdn',
      'second.example.com',
      '--client-id',
      application?.appId ?? '',
      '--key-size',
      '2048',
      '--yes',
    );
    expect(adopted).toMatchObject({
      code: 0,
      document: {
        credential: { clientId: application?.appId },
        findings: expect.arrayContaining([expect.objectContaining({ finding: 'own-key-credential' })]),
      },
    });
    expect(
      place()
        .applications()
        .find((each) => each.appId === application?.appId)?.keyCredentials,
    ).toEqual(expect.arrayContaining(keys));
    expect(
      await place().json(
        'adopt',
        'connect',
        '--name',
        'none',
        '--fqdn',
        'm.example.com',
        '--client-id',
        '5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3f4a5b',
        '--yes',
      ),
    ).toMatchObject({ code: 5, document: { fault: { code: 'registration.application-missing' } } });
  });
});

describe('custody external', () => {
  it('waits for the server’s certificate with both ids, and the same command or repair completes it', async () => {
    const waiting = await place().json('external', ...connectArgs('external', '--custody', 'external'));
    expect(waiting.code).toBe(10);
    expect(waiting.document).toMatchObject({
      credential: { state: 'waiting-certificate', certificate: null },
      proof: { ok: false, state: 'waiting-certificate' },
      fault: { code: 'state.waiting-certificate' },
    });
    const { clientId, tenantId } = (waiting.document as Connected).credential;
    for (const id of [clientId, tenantId]) expect(waiting.stderr).toContain(id);
    const { certificate } = await ours('MailStore');
    const file = join(place().folder, 'mailstore.cer');
    writeFileSync(file, toPem(certificate));
    const completed = {
      code: 0,
      document: {
        credential: { clientId, state: 'set-up', custody: 'external', certificate: { thumbprint: certificate.thumbprint } },
        proof: { ok: true },
      },
    };
    expect(await place().json('external', ...connectArgs('external', '--certificate', file))).toMatchObject(completed);
    expect(await place().json('external', 'repair', 'external', '--certificate', file, '--yes')).toMatchObject(completed);
    expect(await place().json('external', 'verify', 'external')).toMatchObject({
      code: 10,
      document: { proof: { state: 'set-up' }, fault: { code: 'state.not-testable' } },
    });
    expect(
      await place().json(
        'external',
        'export',
        'external',
        '--format',
        'pfx',
        '--out',
        join(place().folder, 'x.pfx'),
        '--password-file',
        file,
      ),
    ).toMatchObject({ code: 2, document: { fault: { code: 'export.key-elsewhere' } } });
  });

  it('is meant by --certificate alone, in DER too', async () => {
    const { certificate } = await ours('MailStore');
    const file = join(place().folder, 'mailstore.der');
    writeFileSync(file, toCer(certificate));
    const done = await place().json('der', ...connectArgs('der', '--certificate', file));
    expect(done).toMatchObject({ code: 0, document: { credential: { custody: 'external' }, proof: { ok: true } } });
    await place().cli('der', ...connectArgs('ours'));
    expect(await place().json('der', 'repair', 'ours', '--certificate', file, '--yes')).toMatchObject({
      code: 2,
      document: { fault: { code: 'input.option.conflict' } },
    });
  });
});
