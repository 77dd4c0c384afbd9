import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerSelfTest, selfTest } from '../../../main/watch/index.ts';
import { Fault } from '../../../main/faults.ts';
import { memoryKeychain } from '../vault/memory-keychain.ts';
import { scratch, testClock } from '../vault/samples.ts';

/** The test over a folder, with a task that does this when it is started. */
function test(task: (directory: string, keychain: ReturnType<typeof memoryKeychain>) => Promise<void>) {
  const directory = scratch();
  const keychain = memoryKeychain();
  const clock = testClock();
  const run = selfTest({ directory, keychain, clock, signal: AbortSignal.timeout(10_000), start: () => task(directory, keychain) });
  return { directory, keychain, clock, run };
}

const left = ({ directory, keychain }: ReturnType<typeof test>) => ({ files: readdirSync(directory), entries: keychain.entries.size });
const nothing = { files: [], entries: 0 };

describe('the self-test of the task', () => {
  it('passes where the run finds the probe in the keychain, and leaves nothing', async () => {
    const it_ = test((directory, keychain) => answerSelfTest(directory, () => keychain));
    await it_.run;
    expect(it_.keychain.calls).toEqual(['set task-probe', 'get task-probe', 'delete task-probe']);
    expect(left(it_)).toEqual(nothing);
  });

  it.each([
    ['another account has another keychain', null, { code: 'task.self-test-failed', params: { reason: '–' } }],
    [
      'the keychain is closed to it',
      new Fault('vault.unavailable', { params: { reason: 'no service' } }),
      { code: 'task.self-test-failed', params: { reason: 'no service' } },
    ],
    [
      'it has no credentials',
      new Fault('vault.unavailable', {
        params: { reason: 'A specified logon session does not exist. It may already have been terminated.' },
      }),
      { code: 'task.no-logon-session' },
    ],
  ])('fails in words where %s', async (_name, problem, expected) => {
    const other = memoryKeychain();
    const theirs = problem === null ? other : { ...other, get: () => Promise.reject(problem) };
    const failing = test((directory) => answerSelfTest(directory, () => theirs));
    await expect(failing.run).rejects.toMatchObject(expected);
    expect(left(failing)).toEqual(nothing);
  });

  it('does not take the answer to an earlier test, and does not wait for ever', async () => {
    const old = JSON.stringify({ test: '00000000-0000-4000-8000-000000000001', hash: 'x', reason: '' });
    const silent = test(async (directory) => writeFileSync(join(directory, 'task-probe-answer.json'), old));
    await expect(silent.run).rejects.toMatchObject({ code: 'task.self-test-silent', params: { seconds: 60 } });
    expect(left(silent)).toEqual(nothing);
  });

  it('does not wait for days where the clock is set back while it waits', async () => {
    const silent: ReturnType<typeof test> = test(async () => void setImmediate(() => silent.clock.advance(-40 * 86_400_000)));
    await expect(silent.run).rejects.toMatchObject({ code: 'task.self-test-silent' });
  });

  it('tells why the task did not start', async () => {
    const refused = test(() => Promise.reject(new Fault('task.not-registered', { params: { reason: 'x' } })));
    await expect(refused.run).rejects.toMatchObject({ code: 'task.not-registered' });
    expect(left(refused)).toEqual(nothing);
  });

  it('is answered only while it is asked for: no other run touches the keychain', async () => {
    const directory = scratch();
    const keychain = memoryKeychain();
    await answerSelfTest(directory, () => keychain);
    writeFileSync(join(directory, 'task-probe.json'), '{"test":"not an id"}');
    await answerSelfTest(directory, () => keychain);
    expect(keychain.calls).toEqual([]);
  });
});
