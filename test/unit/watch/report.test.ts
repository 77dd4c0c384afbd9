import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { silentLog } from '../../../main/log/index.ts';
import { lastRun, rememberRun, watchReport } from '../../../main/watch/index.ts';
import { sampleCertificate, sampleRecord } from '../vault/records.ts';

const now = new Date('2026-11-24T09:30:00Z');
const day = 86_400_000;
const inDays = (days: number) => new Date(now.getTime() + days * day).toISOString();
const ending = (name: string, days: number) => sampleRecord({ name, certificate: sampleCertificate({ notAfter: inDays(days) }) });

describe('the report of the watch', () => {
  it('has what ends first at its head and what has no certificate at its end', () => {
    const records = [sampleRecord({ name: 'none', certificate: null }), ending('far', 300), ending('soon', 12.5), ending('gone', -3)];
    const report = watchReport(records, now, 30);
    expect(report).toMatchObject({ at: '2026-11-24T09:30:00.000Z', withinDays: 30, result: 'expired' });
    expect(report.certificates.map(({ name, status, days, level }) => [name, status, days, level])).toEqual([
      ['gone', 'expired', 0, 0],
      ['soon', 'expiring', 13, 14],
      ['far', 'fine', 300, null],
      ['none', 'no-certificate', null, null],
    ]);
  });

  it('is as bad as its worst certificate and counts the day that is meant', () => {
    const result = (days: number, within: number) => watchReport([ending('far', 300), ending('it', days)], now, within).result;
    expect([result(31, 30), result(30, 30), result(0.01, 0), result(0.01, 1), result(0, 0), result(-1, 0)]).toEqual([
      'fine',
      'expiring',
      'fine',
      'expiring',
      'expired',
      'expired',
    ]);
    expect(watchReport([sampleRecord({ certificate: null })], now, 30).result).toBe('fine');
  });

  it('never calls fine what ends within the days asked for, and never more than that (generated)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -40, max: 400, noNaN: true }), { maxLength: 12 }),
        fc.integer({ min: 0, max: 200 }),
        (all, within) => {
          const report = watchReport(
            all.map((days, index) => ending(String(index), days)),
            now,
            within,
          );
          for (const { name, status } of report.certificates) {
            const end = Date.parse(inDays(all[Number(name)] ?? 0)) - now.getTime();
            expect(status).toBe(end <= 0 ? 'expired' : end <= within * day ? 'expiring' : 'fine');
          }
          expect(report.certificates).toHaveLength(all.length);
        },
      ),
    );
  });
});

describe('when the watch last ran', () => {
  const folder = () => {
    const path = mkdtempSync(join(tmpdir(), 'tenant-keyring-watch-'));
    onTestFinished(() => rmSync(path, { recursive: true, force: true }));
    return path;
  };

  it('is known afterwards, and overdue after seven days', async () => {
    const here = folder();
    expect(await lastRun(here, now)).toEqual({ ranAt: null, result: null, overdue: false });
    await rememberRun(here, watchReport([ending('soon', 3)], now, 30), silentLog);
    const at = async (days: number) => lastRun(here, new Date(now.getTime() + days * day));
    expect(await at(7)).toEqual({ ranAt: now.toISOString(), result: 'expiring', overdue: false });
    expect(await at(7.001)).toMatchObject({ overdue: true });
  });

  it('is unknown where what was remembered cannot be read, and the watch goes on where nothing can be', async () => {
    const here = folder();
    writeFileSync(join(here, 'watch-run.json'), '{"ranAt":"yesterday"}');
    expect(await lastRun(here, now)).toEqual({ ranAt: null, result: null, overdue: false });
    const warn = vi.fn<(event: string) => void>();
    await rememberRun('/nonexistent\0', { at: now.toISOString(), result: 'fine' }, { ...silentLog, warn });
    expect(warn.mock.calls.map(([event]) => event)).toEqual(['watch.run-not-remembered']);
  });
});
