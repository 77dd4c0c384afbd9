import { once } from 'node:events';
import { connect as connectTls } from 'node:tls';
import { clouds } from '../../../main/clouds/index.ts';
import { followAuthorize, practiceFetch, practiceImap } from '../../../main/practice/index.ts';
import { confirmHandover, finishMigration, migrate } from '../../../main/registration/index.ts';
import { gatherMail, type ProbedWay } from '../../../main/registration/verify/mail.ts';
import type { Run } from '../../../main/registration/engine.ts';
import { profileById, type ProfileReference } from '../../../main/servers/index.ts';
import { bareRoundTrips } from '../bare-round-trips.ts';
import { openBenchServices } from '../bench-services.ts';
import { programInput, say } from '../child-process.ts';
import { connectTenant } from '../connect-tenant.ts';
import { median } from '../figure.ts';

export interface MigrationSetup {
  readonly origin: string;
  readonly times: number;
}

/** Medians of one thing and of its baseline. */
export interface Measured {
  readonly requests: number;
  readonly ms: number;
  readonly bareMs: number;
}

export interface MigrationMeasured extends Readonly<Record<'move' | ProbedWay, Measured>> {}

const mailbox = 'test.mailbox@contoso.example';
const { origin, times } = programInput() as MigrationSetup;
const plain = globalThis.fetch;
let requests = 0;
globalThis.fetch = (...given: Parameters<typeof fetch>) => {
  requests += 1;
  return plain(...given);
};
const bench = await openBenchServices(origin);
const { engine } = bench.services;
// The simulated browser's requests are not the engine's.
const browser = practiceFetch(origin, plain);
const run: Run = {
  onProgress: () => undefined,
  confirm: () => Promise.resolve(true),
  openBrowser: (address) => followAuthorize(address, { account: null, fetch: browser }),
  accepted: [],
};

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** @param bare the baseline of so many requests */
async function measured(work: (time: number) => Promise<unknown>, bare: (count: number) => Promise<unknown>): Promise<Measured> {
  const runs: Measured[] = [];
  for (let time = 0; time < times; time += 1) {
    requests = 0;
    const ms = await timed(() => work(time));
    const asked = requests;
    runs.push({ requests: asked, ms, bareMs: await timed(() => bare(asked)) });
  }
  const of = (name: keyof Measured) => median(runs.map((each) => each[name]));
  return { requests: of('requests'), ms: of('ms'), bareMs: of('bareMs') };
}

const bareRequests = (count: number) => bareRoundTrips(origin, count, 1);

/** @throws Error unless the move ends where it should: a figure of half a move would say nothing */
async function move(name: string): Promise<void> {
  // What only EWS has is given up by the administrator's word.
  const losses = ['archive-mailboxes', 'public-folders'];
  const request = { credential: name, to: profileById('mailstore-graph'), mailbox: null, pilot: true, losses, planOnly: false };
  await migrate(engine, request, run);
  confirmHandover(engine, name, undefined);
  const { timeline } = await finishMigration(engine, name, false, run);
  if (timeline.at(-1)?.state !== 'ews-removed') throw new Error(`the move did not end well: ${JSON.stringify(timeline)}`);
}

async function token(name: string, resource: 'graph' | 'exchange') {
  const { certificate, clientId, cloud, tenantId, id } = engine.store.find(name);
  if (certificate === null || clientId === null) throw new Error('no certificate');
  const key = await engine.secrets.load({ credentialId: id, thumbprint: certificate.thumbprint });
  const connection = engine.connect(cloud);
  const { accessToken, claims } = await connection.identity.appOnlyToken({
    cloud: clouds[cloud],
    tenantId,
    clientId,
    thumbprintSha256: certificate.thumbprintSha256,
    privateKey: key?.export({ type: 'pkcs8', format: 'pem' }).toString() ?? '',
    resource,
  });
  return { accessToken, roles: claims.roles };
}

/** One probe, with its token taken before. */
async function probe(way: ProbedWay, name: string, profile: Pick<ProfileReference, 'permissions'>): Promise<() => Promise<void>> {
  const taken = await token(name, way === 'graph' ? 'graph' : 'exchange');
  const connection = engine.connect('global');
  const question = {
    mailbox,
    profile,
    tokens: { graph: way === 'graph' ? taken : null, exchange: way === 'graph' ? null : taken },
    directoryWith: (accessToken: string) => connection.directory({ accessToken: () => Promise.resolve(accessToken) }),
    probes: connection.probes,
  };
  return async () => {
    const { outcomes } = await gatherMail(question);
    if (outcomes[way]?.allowed !== true) throw new Error(`${way} counted nothing: ${JSON.stringify(outcomes)}`);
  };
}

async function administer(set: object): Promise<void> {
  const response = await plain(`${origin}/practice/exchange`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ tenant: 'contoso.example', set }),
  });
  if (!response.ok) throw new Error(await response.text());
}

const names = Array.from({ length: times + 1 }, (_, index) => `Archive ${index}`);
for (const name of names) await connectTenant(bench.services, origin, name, 2048);
const guide = profileById('mailstore-guide');
const ewsProbe = await probe('ews', names[0] ?? '', guide);
await ewsProbe();
const ews = await measured(ewsProbe, bareRequests);
const moved = await measured((time) => move(names[time + 1] ?? ''), bareRequests);
const graphProbe = await probe('graph', names[1] ?? '', profileById('mailstore-graph'));
await graphProbe();
const graph = await measured(graphProbe, bareRequests);
const imapProfile = profileById('imap-access');
await connectTenant(bench.services, origin, 'Over IMAP', 2048, { profile: imapProfile, redirectUri: null });
const { clientId, servicePrincipalId } = engine.store.find('Over IMAP');
await administer({ servicePrincipal: { appId: clientId, objectId: servicePrincipalId } });
await administer({ fullAccess: { mailbox, objectId: servicePrincipalId } });
const imapProbe = await probe('imap', 'Over IMAP', imapProfile);
await imapProbe();
const { host, port, roots } = await practiceImap(origin);
const imap = await measured(imapProbe, async () => {
  const socket = connectTls({ host, port, ca: roots, servername: 'localhost', checkServerIdentity: () => undefined });
  await once(socket, 'data');
  socket.destroy();
});

await bench.close();
await say({ move: moved, ews, graph, imap } satisfies MigrationMeasured);
process.disconnect();
