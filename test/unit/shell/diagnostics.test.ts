import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lastLines } from '../../../main/files/index.ts';
import { reportText, type ReportParts } from '../../../main/shell/diagnostics/report.ts';
import { settings } from '../../host/fixtures.ts';
import { sampleRecord } from '../vault/records.ts';

const parts = (changes: Partial<ReportParts> = {}): ReportParts => ({
  at: new Date('2026-11-24T09:30:00Z'),
  version: '0.1.0',
  practice: false,
  language: 'en',
  directory: '/data',
  settings,
  credentials: [],
  deleted: 0,
  logs: [],
  ...changes,
});

describe('the report', () => {
  it('has versions, cloud, settings, states, what did not pass and the faults of the log', () => {
    const failed = sampleRecord({
      state: 'needs-attention',
      proof: {
        ok: false,
        state: 'needs-attention',
        at: '2026-11-24T08:00:00.000Z',
        checks: [
          { check: 'redirect-uri', result: 'failed', evidence: 'x' },
          { check: 'token-graph', result: 'passed', evidence: 'x' },
        ],
      },
    });
    const line = (code: string) => JSON.stringify({ time: '2026-11-24T09:00:00.000Z', level: 'warn', event: 'setup.failed', code });
    const text = reportText(
      parts({
        credentials: [failed],
        deleted: 2,
        logs: [{ name: 'window.log', lines: [line('lease.held'), line('lease.held'), line('vault.locked'), '{"cut'] }],
      }),
    );
    for (const told of [
      'version: 0.1.0',
      `Node: ${process.versions.node}`,
      'cloud: global',
      'profile: mailstore-guide',
      `credential ${failed.id}: needs-attention`,
      'not passed: redirect-uri failed',
      'recently deleted: 2',
      'lease.held: 2 times, last 2026-11-24T09:00:00.000Z',
      'vault.locked: 1 times',
      'End of window.log',
    ]) {
      expect(text).toContain(told);
    }
    expect(text).not.toContain('token-graph');
  });

  it('names neither people nor credentials nor the person’s folder', () => {
    const text = reportText(
      parts({
        directory: join(homedir(), 'Tenant Keyring'),
        credentials: [sampleRecord({ name: 'Secret customer', tenantName: 'Hidden Inc' })],
        logs: [{ name: 'window.log', lines: ['{"username":"anna@contoso.com"}'] }],
      }),
    );
    expect(text).not.toMatch(/Secret customer|Hidden Inc|anna/);
    expect(text).not.toContain(homedir());
  });

  it('lets no generated secret through, wherever it was', () => {
    const bytes = (seed: number, length: number) =>
      Buffer.concat(
        Array.from({ length: Math.ceil(length / 32) }, (_, index) => createHash('sha256').update(`${seed}/${index}`).digest()),
      ).subarray(0, length);
    const secrets = fc
      .tuple(fc.integer(), fc.integer({ min: 120, max: 1200 }))
      .chain(([seed, length]) =>
        fc.constantFrom(
          bytes(seed, length).toString('base64'),
          `eyJ${bytes(seed, 40).toString('base64url')}.${bytes(seed, length).toString('base64url')}`,
          `-----BEGIN PRIVATE KEY-----\n${bytes(seed, length).toString('base64')}\n-----END PRIVATE KEY-----`,
        ),
      );
    const places: readonly ((secret: string) => Partial<ReportParts>)[] = [
      (secret) => ({ settings: { ...settings, signInClientId: secret } }),
      (secret) => ({ settings: { ...settings, fqdn: `x ${secret} y` } }),
      (secret) => ({ directory: `/data/${secret}` }),
      (secret) => ({ logs: [{ name: 'window.log', lines: [secret, JSON.stringify({ note: secret }), `password=${secret}`] }] }),
      (secret) => ({ credentials: [sampleRecord({ profile: { id: secret, version: 1, permissions: [] } })] }),
    ];
    fc.assert(
      fc.property(secrets, fc.constantFrom(...places), (secret, place) => {
        const text = reportText(parts(place(secret)));
        const survivors = secret
          .split('\n')
          .flatMap((line) => (line.startsWith('-----') || line.length < 24 ? [] : [line.slice(0, 24), line.slice(-24)]));
        expect(survivors.filter((piece) => text.includes(piece))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the last lines of a file', () => {
  it('are whole ones, and none where there is no file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tenant-keyring-lines-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'a.log');
    expect(await lastLines(file, 100)).toEqual([]);
    writeFileSync(file, 'first\nsecond\nthird\n');
    expect(await lastLines(file, 100)).toEqual(['first', 'second', 'third']);
    expect(await lastLines(file, 10)).toEqual(['third']);
  });
});
