import { expect, it } from 'vitest';
import { Fault } from '../../../main/faults.ts';
import { createServerNotices } from '../../../main/shell/server-notices.ts';
import type { Services } from '../../../main/services/index.ts';
import { createTexts } from '../../../main/texts/index.ts';
import { scratchFolder } from '../certificates/samples.ts';
import { silentLog } from '../../../main/log/index.ts';

/** A list with one server that cannot be reached, asked by a clock that a test moves on. */
function here({ practice = false, forbidden = false } = {}) {
  let now = Date.parse('2026-11-30T08:00:00Z');
  const told: { title: string; body: string; clicked: () => void }[] = [];
  const emitted: string[] = [];
  const asked: string[] = [];
  const services = {
    directory: scratchFolder(),
    texts: createTexts('en'),
    servers: {
      list: () => [{ id: 'one', name: 'Archive' }],
      ask: (id: string) => {
        asked.push(id);
        return Promise.reject(new Fault('server.unreachable', { params: { address: 'archive:8463', detail: 'ECONNREFUSED' } }));
      },
    },
    engine: {
      store: { list: () => [] },
      clock: { now: () => new Date(now) },
      log: silentLog,
      policies: forbidden ? { ForbidServers: true } : {},
    },
  } as unknown as Services;
  const notices = createServerNotices({
    services: () => services,
    practice: () => practice,
    desktop: { notify: (each) => void told.push(each) },
    emit: (name) => void emitted.push(name),
    show: () => void emitted.push('shown'),
  });
  return { told, emitted, asked, look: () => notices.look(), pass: (days: number) => void (now += days * 86_400_000) };
}

it('tells once of a server that cannot be asked, and brings the window forward when that is clicked', async () => {
  const { told, emitted, look, pass } = here();
  await look();
  expect(told.map(({ title }) => title)).toEqual(['Archive']);
  expect(told[0]?.body).toContain('archive:8463');
  expect(emitted).toEqual(['store:changed']);
  told[0]?.clicked();
  expect(emitted).toEqual(['store:changed', 'shown']);
  pass(1);
  await look();
  expect(told).toHaveLength(1);
});

it('says that it is practice', async () => {
  const { told, look } = here({ practice: true });
  await look();
  expect(told[0]?.title).toMatch(/^\[Practice\] Archive$/);
});

it('asks nobody where a policy forbids servers', async () => {
  const { told, asked, look } = here({ forbidden: true });
  await look();
  expect([told, asked]).toEqual([[], []]);
});
