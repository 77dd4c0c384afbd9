import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ServerConnection } from '../../../main/mailstore/index.ts';
import { calls } from '../../../main/mailstore/calls.ts';
import { setUp } from './archive.ts';
import { connected } from './connected.ts';

/** What may be called: all of these read, the last one as a dry run. */
const reading = new Set([
  'get-metadata',
  'get-status',
  'GetServerInfo',
  'GetEnvironmentInfo',
  'GetInstances',
  'GetCredentials',
  'GetDirectoryServicesConfiguration',
  'GetProfiles',
  'GetWorkerResults',
  'GetWorkerResultReport',
  'SyncUsersWithDirectoryServices',
]);

const acts = ['instances', 'credentials', 'directoryServices', 'profiles', 'runs', 'history', 'report', 'dryRun'] as const;

function act(connection: ServerConnection, name: (typeof acts)[number], instance: string | null): Promise<unknown> {
  if (name === 'instances') return connection.instances();
  if (name === 'report') return connection.report(instance, 1);
  return connection[name](instance);
}

test('no call writes, whatever is asked in whatever order', async () => {
  const archives = [await setUp({ kind: 'server' }), await setUp({ kind: 'spe', instances: ['contoso'] })] as const;
  const state = () => JSON.stringify(archives.map(({ server }, index) => server.instance(index === 0 ? '' : 'contoso')));
  const before = state();
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...acts), { maxLength: 8 }), fc.constantFrom(0, 1), async (names, index) => {
      const { server } = archives[index === 0 ? 0 : 1];
      const connection = await connected(server);
      for (const name of names) await act(connection, name, index === 0 ? null : 'contoso').catch(() => undefined);
      expect(server.calls.filter((call) => !reading.has(call.function))).toEqual([]);
      const synchronisations = server.calls.filter((call) => call.function === 'SyncUsersWithDirectoryServices');
      for (const { argumentNames } of synchronisations) expect(argumentNames).toContain('dryRun');
      expect(state()).toBe(before);
    }),
    { numRuns: 15 },
  );
});

test('no other call can be written than those that read', () => {
  const now = new Date();
  const made = [
    calls.serverInfo(),
    calls.environmentInfo(),
    calls.instances(),
    calls.credentials('a'),
    calls.directoryServices('a'),
    calls.profiles('a'),
    calls.workerResults('a', now, now),
    calls.workerResultReport('a', 1),
    calls.dryRun('a'),
  ];
  expect(made).toHaveLength(Object.keys(calls).length);
  for (const { name } of made) expect(reading.has(name), name).toBe(true);
  expect(calls.dryRun(null).args).toEqual({ dryRun: { value: 'true', types: ['bool'] } });
});
