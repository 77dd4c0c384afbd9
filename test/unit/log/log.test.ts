import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openLog } from '../../../main/log/index.ts';
import { privateFile } from '../../system.ts';
import { scratch } from '../vault/samples.ts';

const line = z.record(z.string(), z.unknown());
const linesOf = (path: string): Record<string, unknown>[] =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((text) => line.parse(JSON.parse(text)));

describe('the log file', () => {
  test('has one JSON line per event, with the fields of its child, for this user only', async () => {
    const log = openLog(join(scratch(), 'logs'), { now: () => new Date(0) });
    log.info('certificate.created', { thumbprint: 'AB', ms: 12 });
    log.child({ operation: 'run-1' }).warn('directory.throttled', { seconds: 3 });
    log.debug('not.asked.for');
    await log.close();
    const fixed = { time: '1970-01-01T00:00:00.000Z', process: process.pid };
    expect(linesOf(log.path)).toEqual([
      { ...fixed, level: 'info', event: 'certificate.created', thumbprint: 'AB', ms: 12 },
      { ...fixed, level: 'warn', event: 'directory.throttled', operation: 'run-1', seconds: 3 },
    ]);
    expect(statSync(log.path).mode & 0o777).toBe(privateFile);
  });

  test('is redacted whoever writes, and cannot be deceived about time and event', async () => {
    const log = openLog(scratch());
    log.error('sign-in.failed', { accessToken: 'hunter2', who: 'admin@contoso.com', event: 'forged', level: 'info' });
    await log.close();
    expect(linesOf(log.path)[0]).toMatchObject({
      event: 'sign-in.failed',
      level: 'error',
      accessToken: '[redacted]',
      who: '…@contoso.com',
    });
  });

  test('verbose adds debug events, echo gets the same redacted lines', async () => {
    const echoed: string[] = [];
    const log = openLog(scratch(), { verbose: true, program: 'window', echo: (text) => echoed.push(text) });
    log.debug('graph.request', { token: 'hunter2' });
    await log.close();
    expect(log.path.endsWith('window.log')).toBe(true);
    expect(readFileSync(log.path, 'utf8')).toBe(`${echoed.join('\n')}\n`);
    expect(echoed[0]).toContain('"token":"[redacted]"');
  });

  test('goes on where the last run ended', async () => {
    const directory = scratch();
    for (const event of ['one', 'two']) {
      const log = openLog(directory);
      log.info(event);
      await log.close();
    }
    expect(linesOf(join(directory, 'command-line.log')).map(({ event }) => event)).toEqual(['one', 'two']);
  });

  test('takes 2 MB and keeps four older ones', async () => {
    const directory = scratch();
    for (let round = 0; round < 7; round += 1) {
      const log = openLog(directory);
      for (let number = 0; number < 160; number += 1) log.info('filler', { round, text: 'words and '.repeat(1400) });
      await log.close();
    }
    const files = readdirSync(directory).sort();
    expect(files).toEqual(['command-line.1.log', 'command-line.2.log', 'command-line.3.log', 'command-line.4.log', 'command-line.log']);
    for (const file of files) {
      expect(statSync(join(directory, file)).size).toBeLessThan(2.1 * 1024 * 1024);
      expect(statSync(join(directory, file)).mode & 0o777).toBe(privateFile);
    }
  });

  test('that cannot be written does not stop the work', async () => {
    const directory = join(scratch(), 'file');
    writeFileSync(directory, '');
    const log = openLog(directory);
    log.info('lost');
    await expect(log.close()).resolves.toBeUndefined();
    const taken = scratch();
    mkdirSync(join(taken, 'command-line.log'));
    const second = openLog(taken);
    second.info('lost');
    await expect(second.close()).resolves.toBeUndefined();
    second.info('after the end');
  });
});
