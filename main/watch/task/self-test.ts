import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { createStopwatch, type Clock } from '../../clock.ts';
import { asFault, Fault } from '../../faults.ts';
import { writeNewFile } from '../../files/index.ts';
import type { Keychain } from '../../vault/index.ts';
import { isNoLogonSession } from './no-logon-session.ts';

/** An entry of the keychain without meaning, there only while the test lasts. */
const probeAccount = 'task-probe';

const requestSchema = z.object({ test: z.uuid() });
const answerSchema = z.object({ test: z.uuid(), hash: z.string().nullable(), reason: z.string() });
type Answer = z.infer<typeof answerSchema>;

const requestFile = (directory: string): string => join(directory, 'task-probe.json');
const answerFile = (directory: string): string => join(directory, 'task-probe-answer.json');

/** Milliseconds. */
const backoff = 60_000;
const step = 500;

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return null; // none, or one that is just being written
  }
}

const write = (path: string, value: unknown): Promise<void> => writeNewFile(path, Buffer.from(JSON.stringify(value)), { force: true });

/** The part of the scheduled run: reads the probe where one is waiting, and says what it found. It asks the keychain for nothing else. */
export async function answerSelfTest(directory: string, keychain: () => Keychain): Promise<void> {
  const request = requestSchema.safeParse(await readJson(requestFile(directory)));
  if (!request.success) return;
  const { test } = request.data;
  try {
    const secret = await keychain().get(probeAccount);
    await write(answerFile(directory), { test, hash: secret === null ? null : hashOf(secret), reason: '' } satisfies Answer);
  } catch (error) {
    const { params, code } = asFault(error);
    await write(answerFile(directory), { test, hash: null, reason: String(params['reason'] ?? code) } satisfies Answer);
  }
}

export interface SelfTest {
  readonly directory: string;
  readonly keychain: Keychain;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Starts the task. */
  readonly start: () => Promise<void>;
}

async function waitForAnswer(test: string, { directory, clock, signal }: SelfTest): Promise<Answer> {
  for (const stopwatch = createStopwatch(clock); stopwatch.elapsed() < backoff;) {
    const answer = answerSchema.safeParse(await readJson(answerFile(directory)));
    if (answer.success && answer.data.test === test) return answer.data;
    await clock.sleep(step, signal);
  }
  throw new Fault('task.self-test-silent', { params: { seconds: backoff / 1000 } });
}

/**
 * Puts a probe secret into the keychain, starts the task, and has it read the probe under its own account: only then will
 * a rotation at night find its keys. Nothing of it is left behind.
 *
 * @throws Fault task.self-test-silent, task.self-test-failed, task.no-logon-session, vault.*, what `start` throws
 */
export async function selfTest(test: SelfTest): Promise<void> {
  const { directory, keychain, start } = test;
  const id = randomUUID();
  const secret = randomBytes(32).toString('base64');
  try {
    await keychain.set(probeAccount, secret);
    await write(requestFile(directory), { test: id });
    await start();
    const { hash, reason } = await waitForAnswer(id, test);
    if (isNoLogonSession(reason)) throw new Fault('task.no-logon-session', { params: { reason } });
    if (hash !== hashOf(secret)) throw new Fault('task.self-test-failed', { params: { reason: reason || '–' } });
  } finally {
    for (const path of [requestFile(directory), answerFile(directory)]) await unlink(path).catch(() => undefined);
    await keychain.delete(probeAccount).catch(() => undefined);
  }
}
