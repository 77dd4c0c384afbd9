import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { clouds } from '../../../main/clouds/index.ts';
import { startPractice } from '../../../main/practice/index.ts';
import { assertion, clientCredentials, register, simulation } from './simulation.ts';
import { signIn } from './sign-in.ts';

function logFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'practice-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'requests.jsonl');
}

const linesOf = (path: string): Record<string, unknown>[] =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => Object(JSON.parse(line)));

describe('request log', () => {
  it('has one line per request, already there when the answer is', async () => {
    const logPath = logFile();
    const here = await simulation({ logPath });
    await here.fetch(`${clouds.global.graph}/v1.0/organization?$select=id,displayName`);
    const [line] = linesOf(logPath);
    expect(Object.keys(line ?? {})).toEqual(['time', 'method', 'path', 'status', 'ms', 'requestBody', 'responseBody']);
    expect(line).toMatchObject({
      method: 'GET',
      path: '/v1.0/organization?$select=id,displayName',
      status: 401,
      requestBody: null,
      responseBody: { error: { code: 'InvalidAuthenticationToken' } },
    });
  });

  it('holds no token, code, verifier, assertion or client info of a sign-in', async () => {
    const logPath = logFile();
    const here = await simulation({ logPath });
    const result = await signIn(here, { account: null });
    const registered = await register(here);
    const proof = await assertion(here, registered);
    const { body } = await here.token(clientCredentials(registered.application.appId, proof));
    const practice = await fetch(`${here.server.origin}/practice/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account: here.account('Ordinary user').upn, scopes: ['User.Read'], tenant: here.tenant.id }),
    });
    const text = readFileSync(logPath, 'utf8');
    const secrets = [
      result.accessToken,
      result.idToken,
      proof,
      String(body['access_token']),
      String(Object(await practice.json())['access_token']),
    ];
    for (const secret of secrets) expect(text).not.toContain(secret);
    expect(text).not.toMatch(/eyJ[\w-]+\.[\w-]+\./);
    const token = linesOf(logPath).find(({ path }) => String(path).includes('/token?'));
    expect(token).toMatchObject({
      requestBody: { code: '[blanked]', code_verifier: '[blanked]', grant_type: 'authorization_code' },
      responseBody: {
        access_token: '[blanked]',
        refresh_token: '[blanked]',
        id_token: '[blanked]',
        client_info: '[blanked]',
        token_type: 'Bearer',
      },
    });
    const page = linesOf(logPath).find(({ path }) => String(path).endsWith('/Consent/Set'));
    expect(page).toMatchObject({ status: 200, responseBody: { page: '[Practice] Working…' } });
  });

  it('keeps error codes of Graph, and says 0 for a dropped connection', async () => {
    const logPath = logFile();
    const here = await simulation({ logPath });
    here.server.faultOn(1, 'drop-before');
    await expect(here.fetch(`${clouds.global.graph}/v1.0/me`)).rejects.toThrow('fetch failed');
    expect(linesOf(logPath)).toMatchObject([{ status: 0, responseBody: null }]);
  });

  it('has to be writable', async () => {
    await expect(startPractice({ logPath: join(logFile(), 'below', 'a-file.jsonl') })).rejects.toMatchObject({
      code: 'practice.log-unwritable',
    });
  });
});
