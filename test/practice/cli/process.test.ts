import { execFile, spawn } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../main/clock.ts';
import { createLeases, thisProcess } from '../../../main/credential/index.ts';
import { openDatabase } from '../../../main/vault/index.ts';
import { isWindows, requireProgram, skippedWhere } from '../../system.ts';
import { connectArgs, inside, run, workplace, type Document } from './command-line.ts';

/** Every start of a process costs a second or more where much is going on. */
const backoff = 120_000;
const place = workplace();
const documentOf = (stdout: string) => JSON.parse(stdout) as Document;

describe('as a process', { timeout: backoff }, () => {
  it('npm run --silent cli prints nothing but its own output', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    requireProgram('npm');
    // On Windows npm is a batch file, which only a shell runs.
    const { stdout, stderr } = await promisify(execFile)('npm', ['run', '--silent', 'cli', '--', '--version'], { shell: isWindows });
    expect({ stdout, stderr }).toEqual({ stdout: `${version}\n`, stderr: '' });
  });

  it('ends 0 with one document on standard output, the narration on standard error', async () => {
    const { code, stdout, stderr } = await run([...connectArgs('process'), ...place().at('process'), '--json']);
    expect(code).toBe(0);
    expect(documentOf(stdout)).toMatchObject({ credential: { name: 'process' }, proof: { ok: true } });
    expect(stdout.endsWith('}\n')).toBe(true);
    expect(stderr).toContain('Consent ');
    expect(stderr).not.toContain('\u001B');
    expect(stderr).not.toContain('Warning');
  });

  it('ends 2 without a terminal and without --yes, and writes nothing', async () => {
    const before = place().state();
    const { code, stdout, stderr } = await run(['connect', '--name', 'x', '--fqdn', 'm.example.com', ...place().at('nobody')]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe('This command changes something, and nobody is here to ask. Add --yes to apply without asking.\n');
    expect(existsSync(place().data('nobody'))).toBe(false);
    expect(place().state()).toBe(before);
  });

  it('ends 2 in the language of the environment, as a document too', async () => {
    const { code, stdout, stderr } = await run(['gibtesnicht', '--json'], { env: { LANG: 'de_AT.UTF-8' } });
    expect(code).toBe(2);
    const { fault } = documentOf(stdout) as { fault: Document };
    expect(fault).toMatchObject({ code: 'input.verb.unknown', message: 'Ein Verb „gibtesnicht“ gibt es nicht.' });
    expect(stderr).toContain(String(fault['message']));
  });

  it(
    'ends 8 where there is no keychain, before anybody signs in',
    skippedWhere(isWindows, 'Windows is never without its keychain'),
    async () => {
      const args = [
        'connect',
        '--name',
        'x',
        '--fqdn',
        'm.example.com',
        '--yes',
        '--tenant',
        'contoso.example',
        '--json',
        '--data-dir',
        place().data('no-keychain'),
      ];
      const { code, stdout, stderr } = await run(args, { env: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' } });
      expect(code).toBe(8);
      expect(documentOf(stdout)).toMatchObject({ fault: { code: 'vault.unavailable' } });
      expect(stderr).not.toContain('Sign-in ');
    },
  );

  it('ends 9 where nothing answers', async () => {
    const args = [...connectArgs('away'), '--practice', 'http://127.0.0.1:9', '--data-dir', place().data('away'), '--json'];
    const { code, stdout } = await run(args);
    expect(code).toBe(9);
    expect(documentOf(stdout)).toMatchObject({ fault: { code: 'service.unreachable', retryable: true } });
  });

  it('ends 9 while another process works on the credential, and says who and since when', async () => {
    const { document } = await place().json('held', ...connectArgs('held'));
    const { id } = document['credential'] as { id: string };
    const database = openDatabase(join(place().data('held'), 'practice'), { clock: systemClock });
    onTestFinished(() => database.close());
    const owner = thisProcess('window');
    await createLeases(database, { clock: systemClock }).withLease(id, owner, async () => {
      const { code, stdout, stderr } = await run(['verify', 'held', '--json', ...place().at('held')]);
      expect(code).toBe(9);
      expect(documentOf(stdout)).toMatchObject({ fault: { code: 'lease.held', retryable: true } });
      expect(stderr).toContain(`(${owner.process})`);
      expect(stderr).toMatch(/20\d\d/);
    });
    expect((await place().cli('held', 'verify', 'held')).code).toBe(0);
  });

  it('rehearses the whole guide for somebody who has nothing but Node, and leaves the certificate on disk', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['main/cli/rehearsal.ts'], {
      env: { PATH: process.env['PATH'], SystemRoot: process.env['SystemRoot'], TMPDIR: place().folder, TEMP: place().folder, LANG: 'C' },
    });
    for (const step of ['G1', 'G2', 'G2b', ...Array.from({ length: 18 }, (_, index) => `G${index + 3}`)])
      expect(stdout).toMatch(new RegExp(`^ +${step} +\\S`, 'm'));
    expect(stdout).toMatch(/✔ .+ – passed/);
    expect(stdout).not.toContain('✘');
    // Both halves: what MailStore itself says is part of the proof.
    expect(stdout).toContain('archived 12 messages with this certificate');
    const [, path = ''] = /((?:\/|[A-Z]:\\)\S+[\\/]\[Practice\] MailStore Server\.cer)/.exec(stdout) ?? [];
    expect(new X509Certificate(readFileSync(path)).subject).toBe('CN=MailStore Server');
  });

  it('rehearses in the language that is asked for, and says that the browser is still signed in', async () => {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ['test/host/practice.ts', '--terminal', '--lang', 'fr'], {
      env: { PATH: process.env['PATH'], TMPDIR: place().folder, LANG: 'C' },
    });
    expect(stdout).toContain('Exercice\u00a0: tout le guide');
    expect(stdout).toMatch(/✔ .+ – réussi/);
    expect(stdout).toMatch(/G20 +.*Le navigateur est toujours connecté/);
    expect(stderr).toContain('Connecté en tant que');
    expect(`${stdout}${stderr}`).not.toMatch(/ – passed|Signed (?:in|out)|Practice:/);
  });

  it('goes on when nobody reads its output any more', async () => {
    const child = spawn(process.execPath, ['main/cli/index.ts', '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
    const [code] = await once(child, 'close');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});

describe('stopped while it works', { timeout: backoff }, () => {
  const slow = workplace({ knobs: { latency: 100 } });

  // Windows knows no signals: whatever is sent ends the process at once.
  const signals = isWindows ? (['SIGKILL'] as const) : (['SIGINT', 'SIGKILL'] as const);
  it.each(signals)('by %s, the same command completes it, with one application', async (signal) => {
    const args = [...connectArgs(signal), ...slow().at(signal)];
    // The write is under way; Microsoft carries it out, whoever hears of it.
    const onStart = (stop: (by: NodeJS.Signals) => void) =>
      slow().server.faultOn(({ method, path }) => {
        if (method === 'POST' && path.endsWith('/servicePrincipals')) stop(signal);
        return false;
      }, 'drop-before');
    const stopped = await run(args, { onStart });
    expect(stopped.stdout).toBe('');
    expect(stopped.code).toBe(signal === 'SIGKILL' ? null : 9);
    if (signal !== 'SIGKILL') expect(stopped.stderr).toContain('Run the same command again');
    const done = await slow().json(signal, ...connectArgs(signal));
    expect(done).toMatchObject({ code: 0, document: { proof: { ok: true } } });
    expect(
      slow()
        .applications()
        .filter((each) => each.displayName === signal),
    ).toHaveLength(1);
  });
});

describe('practice', { timeout: backoff }, () => {
  it('prints one line, serves, writes its log, and ends 0 when stopped', async () => {
    const log = join(place().folder, 'requests.log');
    const child = spawn(process.execPath, [
      'main/cli/index.ts',
      'practice',
      '--port',
      '0',
      '--tenants',
      '2',
      '--principals',
      '3',
      '--replication',
      '0',
      '--seed',
      '7',
      '--log',
      log,
    ]);
    onTestFinished(() => void child.kill());
    const lines: string[] = [];
    const output = createInterface({ input: child.stdout });
    output.on('line', (line) => lines.push(line));
    await once(output, 'line');
    const described = JSON.parse(lines[0] ?? '') as {
      identity: string;
      graph: string;
      tenants: { id: string; name: string; domain: string; accounts: { upn: string; role: string }[] }[];
      mailstore: unknown[];
    };
    expect(Object.keys(described)).toEqual(['identity', 'graph', 'tenants', 'mailstore']);
    const archive = {
      url: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/),
      user: 'admin',
      password: expect.stringMatching(/./),
      sha256: expect.stringMatching(/^[0-9A-F]{64}$/),
    };
    expect(described.mailstore).toEqual([
      { kind: 'server', ...archive, instances: [] },
      { kind: 'spe', ...archive, instances: ['contoso', 'fabrikam'] },
    ]);
    expect(described.identity).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(described.graph).toBe(described.identity);
    expect(described.tenants).toHaveLength(2);
    for (const tenant of described.tenants) {
      expect(tenant).toEqual({
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        name: expect.stringMatching(/./),
        domain: expect.stringMatching(/\./),
        accounts: expect.anything(),
      });
      for (const account of tenant.accounts)
        expect(account).toEqual({ upn: expect.stringContaining('@'), role: expect.stringMatching(/./) });
    }
    const state = (await (await fetch(`${described.graph}/practice/state`)).json()) as { tenants: Document[] };
    expect(state.tenants).toHaveLength(2);
    const [, second] = described.tenants;
    const asked = { account: second?.accounts[0]?.upn, scopes: ['Directory.Read.All'], tenant: second?.id };
    const { access_token: token } = (await (
      await fetch(`${described.identity}/practice/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(asked),
      })
    ).json()) as { access_token: string };
    const organization = (await (
      await fetch(`${described.graph}/v1.0/organization`, { headers: { authorization: `Bearer ${token}` } })
    ).json()) as { value: Document[] };
    expect(organization.value[0]?.['id']).toBe(second?.id);
    const written = readFileSync(log, 'utf8').trimEnd().split('\n').map(documentOf);
    expect(written.at(-1)).toEqual({
      time: expect.stringMatching(/Z$/),
      method: 'GET',
      path: '/v1.0/organization',
      status: 200,
      ms: expect.any(Number),
      requestBody: null,
      responseBody: expect.anything(),
    });
    expect(readFileSync(log, 'utf8')).not.toContain(token);
    child.kill('SIGTERM');
    expect(await once(child, 'close')).toEqual(isWindows ? [null, 'SIGTERM'] : [0, null]);
    expect(lines).toHaveLength(1);
  });

  it('inside the process is saved in the data directory, and the next command continues there', async () => {
    const where = ['--practice', '--data-dir', place().data('inside'), '--json'];
    const first = await run([...connectArgs('inside'), ...where]);
    expect(first.code).toBe(0);
    const { credential } = documentOf(first.stdout);
    expect(readdirSync(join(place().data('inside'), 'practice'))).toContain('tenants.json');
    const next = await inside([...connectArgs('inside'), ...where]);
    expect(next.code).toBe(0);
    expect(documentOf(next.stdout)).toMatchObject({ credential, plan: [], proof: { ok: true } });
  });

  it('keeps its credentials apart from the real ones', async () => {
    await place().cli('apart', ...connectArgs('apart'));
    const real = await inside(['list', '--json', '--data-dir', place().data('apart')]);
    expect(real).toMatchObject({ code: 0, stdout: expect.stringContaining('"credentials": []') });
  });
});
