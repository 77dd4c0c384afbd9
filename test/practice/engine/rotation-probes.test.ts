import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { confirmHandover } from '../../../main/registration/verbs/index.ts';
import { rotate } from '../../../main/registration/verbs/rotate.ts';
import { harness } from './harness.ts';
import { alone, publishedIn, recordOf, rotateAlone, serverKey, states, tokenFault, unattended } from './rotation-harness.ts';

/** Asks for one token after the other with one key until it is told to end: what a server does all day, only faster. */
function probe(here: Parameters<typeof recordOf>[0], key: Awaited<ReturnType<typeof serverKey>>) {
  const told: string[] = [];
  let issued = 0;
  const ended = new AbortController();
  const loop = async () => {
    while (!ended.signal.aborted) {
      const fault = await tokenFault(here.services, recordOf(here), key.certificate, key.pem);
      if (fault === null) issued += 1;
      else told.push(fault.code);
      await pause(5);
    }
  };
  const done = loop();
  return {
    issued: () => issued,
    end: async () => {
      ended.abort();
      await done;
      return told;
    },
  };
}

it.each([true, false])('two servers, one with the old key and one with the new, get every token (unattended: %s)', async (alonely) => {
  const here = await harness({ knobs: { latency: 10 } });
  await here.connect();
  here.server.world.knobs.replication = 100;
  const run = () => rotate(here.services.engine, { ...unattended, unattended: alonely }, alonely ? alone(here) : here.run());
  const old = await serverKey(here);
  const archive = probe(here, old);
  await run();
  expect(states(recordOf(here))).toEqual(['created', 'published', 'proven']);
  // From the moment the engine calls it proven, the new key has to work.
  const next = await serverKey(here);
  const second = probe(here, next);
  await pause(300);
  await run();
  confirmHandover(here.services.engine, 'Contoso archive', next.certificate.thumbprint);
  expect(await archive.end()).toEqual([]);
  await run();
  expect(publishedIn(here)).toHaveLength(2);
  await rotateAlone(here, { overlapDays: 0 });
  await pause(200);
  expect(await second.end()).toEqual([]);
  expect(publishedIn(here)).toEqual([next.certificate.thumbprint]);
  expect(archive.issued()).toBeGreaterThan(8);
  expect(second.issued()).toBeGreaterThan(8);
});
