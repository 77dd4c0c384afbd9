import { once } from 'node:events';
import { parseAddress } from '../../../main/mailstore/index.ts';
import { pinnedTransport } from '../../../main/mailstore/transport.ts';
import { askServer, takeOver } from '../../../main/registration/index.ts';
import { openBenchServices } from '../bench-services.ts';
import { nextMessage, programInput, say, startProgram } from '../child-process.ts';
import { memoryInUse } from '../memory.ts';
import type { MailStoreStarted } from './mailstore.ts';

export interface TakeOverSetup {
  readonly instances: number;
  readonly few: number;
}

export interface TakeOverMeasured {
  readonly added: number;
  readonly ms: number;
  readonly requests: number;
  /** As many requests that ask nothing, as many at once, over connections of the same kind. */
  readonly bareMs: number;
  /** Of one check of one credential: a look of the open sheet. */
  readonly requestsOfCheck: number;
  /** MB. */
  readonly inUse: number;
  readonly inUseAfterFew: number;
}

const atOnce = 8;

async function bare({ url, sha256 }: MailStoreStarted, count: number): Promise<number> {
  const transport = pinnedTransport(parseAddress(url), sha256);
  const started = performance.now();
  let left = count;
  const worker = async () => {
    while ((left -= 1) >= 0) await transport.send({ path: '/api/get-metadata', form: {}, authorization: null, limit: 60_000 });
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const ms = performance.now() - started;
  transport.close();
  return ms;
}

const { instances, few } = programInput() as TakeOverSetup;
const child = startProgram('mailstore.ts', { instances });
const server = await nextMessage<MailStoreStarted>(child);
const calls = async () => {
  child.send('calls');
  return (await nextMessage<MailStoreStarted>(child)).calls;
};
const bench = await openBenchServices('http://127.0.0.1:9');
const { servers, engine } = bench.services;
const { url, user, password, sha256 } = server;
await servers.add({ name: 'Provider', address: parseAddress(url), user, password, pin: sha256, keepPassword: true });

const before = await calls();
const started = performance.now();
let inUseAfterFew = 0;
const added: string[] = [];
await servers.ask('Provider', async (connection, record) => {
  const taken = await takeOver(engine, connection, record, {
    instance: null,
    cloud: 'global',
    onProgress: (done) => {
      if (done === few) inUseAfterFew = memoryInUse();
    },
  });
  added.push(...taken.added.map((each) => each.record.id));
});
const ms = performance.now() - started;
const requests = (await calls()) - before;
const inUse = memoryInUse();
const looked = await calls();
await askServer(engine, added[0] ?? '');
const requestsOfCheck = (await calls()) - looked;
const bareMs = await bare(server, requests);

await bench.close();
const exit = once(child, 'exit');
child.disconnect();
await exit;
await say({ added: added.length, ms, requests, bareMs, requestsOfCheck, inUse, inUseAfterFew } satisfies TakeOverMeasured);
process.disconnect();
