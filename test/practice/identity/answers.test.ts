import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { simulation, type Simulation } from './simulation.ts';

interface Wire {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly bytes: Buffer;
}

async function tokenOf(here: Simulation): Promise<string> {
  const answer = await fetch(`${here.server.origin}/practice/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      account: here.account('Global Administrator').upn,
      scopes: ['Application.ReadWrite.All'],
      tenant: here.tenant.id,
    }),
  });
  return String(Object(await answer.json())['access_token']);
}

/** What comes over the wire: `fetch` would unpack it. */
const asked = (here: Simulation, path: string, headers: Readonly<Record<string, string>>): Promise<Wire> =>
  new Promise((resolve, reject) => {
    request(`${here.server.origin}${path}`, { headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, bytes: Buffer.concat(chunks) }));
    })
      .on('error', reject)
      .end();
  });

const graphPrincipal = "/v1.0/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')";

/** Microsoft Graph, "Best practices": request-id in every answer, and gzip where it is accepted. */
describe('every answer of Graph', () => {
  it('is packed with gzip where the caller takes it and it pays, and as it is elsewhere', async () => {
    const here = await simulation();
    const authorization = `Bearer ${await tokenOf(here)}`;
    const plain = await asked(here, graphPrincipal, { authorization });
    expect(plain.headers['content-encoding']).toBeUndefined();
    const packed = await asked(here, graphPrincipal, { authorization, 'accept-encoding': 'deflate, gzip;q=0.5' });
    expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', 'content-type': 'application/json; charset=utf-8' });
    expect(JSON.parse(gunzipSync(packed.bytes).toString())).toEqual(JSON.parse(plain.bytes.toString()));
    expect(packed.bytes.length).toBeLessThan(plain.bytes.length);
    const small = await asked(here, `${graphPrincipal}?$select=id`, { authorization, 'accept-encoding': 'gzip' });
    const refused = await asked(here, graphPrincipal, { authorization, 'accept-encoding': 'gzip;q=0' });
    expect([small.headers['content-encoding'], refused.headers['content-encoding']]).toEqual([undefined, undefined]);
  });

  it('says who answered, under the caller’s own id, also when all is well', async () => {
    const here = await simulation();
    const authorization = `Bearer ${await tokenOf(here)}`;
    const good = await asked(here, `${graphPrincipal}?$select=id`, { authorization, 'client-request-id': 'mine' });
    expect(good).toMatchObject({
      status: 200,
      headers: { 'request-id': expect.stringMatching(/^[0-9a-f-]{36}$/), 'client-request-id': 'mine' },
    });
    expect(JSON.parse(String(good.headers['x-ms-ags-diagnostic']))).toHaveProperty('ServerInfo.DataCenter');
    const bad = await asked(here, '/v1.0/applications', {});
    expect(bad).toMatchObject({ status: 401, headers: { 'x-ms-ags-diagnostic': expect.any(String) } });
    expect(JSON.parse(bad.bytes.toString())).toHaveProperty(['error', 'innerError', 'request-id'], bad.headers['request-id']);
  });

  it('and no answer of the sign-in host or of the practice addresses does', async () => {
    const here = await simulation();
    const metadata = await asked(here, '/organizations/v2.0/.well-known/openid-configuration', { 'accept-encoding': 'gzip' });
    const state = await asked(here, '/practice/state', { 'accept-encoding': 'gzip' });
    for (const { status, headers } of [metadata, state]) {
      expect(status).toBe(200);
      expect(headers).not.toHaveProperty('x-ms-ags-diagnostic');
      expect(headers).not.toHaveProperty('content-encoding');
    }
  });
});
