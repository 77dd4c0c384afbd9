import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { silentLog } from '../../../main/log/index.ts';
import { newlyExpiring, stepOf, watched } from '../../../main/watch/index.ts';
import { sampleCertificate, sampleRecord } from '../vault/records.ts';

const now = new Date('2026-11-24T09:30:00Z');
const day = 86_400_000;
const inDays = (days: number) => new Date(now.getTime() + days * day).toISOString();
const ending = (id: string, days: number, thumbprint = 'A'.repeat(40)) =>
  sampleRecord({ id, name: id.slice(0, 8), certificate: sampleCertificate({ thumbprint, notAfter: inDays(days) }) });
const one = '00000000-0000-4000-8000-000000000001';
const two = '00000000-0000-4000-8000-000000000002';

function memory(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tenant-keyring-expiry-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'told.json');
}

describe('the step of a certificate', () => {
  it.each([
    [400, null],
    [90.01, null],
    [90, 90],
    [60.01, 90],
    [60, 60],
    [30.01, 60],
    [30, 30],
    [14.5, 30],
    [14, 14],
    [7, 7],
    [2, 7],
    [1, 1],
    [0.2, 1],
    [0, 0],
    [-3, 0],
  ])('that ends in %s days is %s', (days, step) => {
    expect(stepOf(inDays(days), now)).toBe(step);
  });
});

describe('what is newly expiring', () => {
  it('is told once per step and credential, also after a restart', async () => {
    const file = memory();
    const list = [ending(one, 10), ending(two, 200)];
    const at = async (days: number) =>
      (await newlyExpiring(list, new Date(now.getTime() + days * day), file, silentLog)).map(({ record, step }) => [record.id, step]);
    expect(await at(0)).toEqual([[one, 14]]);
    expect(await at(0)).toEqual([]);
    expect(await at(2)).toEqual([]);
    expect(await at(3)).toEqual([[one, 7]]);
    expect(await at(9)).toEqual([[one, 1]]);
    expect(await at(10)).toEqual([[one, 0]]);
    expect(await at(40)).toEqual([]);
  });

  it('begins anew with a new certificate', async () => {
    const file = memory();
    expect(await newlyExpiring([ending(one, 5)], now, file, silentLog)).toHaveLength(1);
    expect(await newlyExpiring([ending(one, 25, 'B'.repeat(40))], now, file, silentLog)).toMatchObject([{ step: 30 }]);
  });

  it('has the days that are left and the names, and nothing of a credential without a certificate', async () => {
    expect(await newlyExpiring([sampleRecord({ certificate: null }), ending(one, 6.5)], now, memory(), silentLog)).toMatchObject([
      { record: { id: one, tenantName: 'Contoso' }, days: 7, step: 7 },
    ]);
  });

  it('is told where what was remembered cannot be read, and where nothing can be remembered', async () => {
    const file = memory();
    writeFileSync(file, '{ not json');
    expect(await newlyExpiring([ending(one, 5)], now, file, silentLog)).toHaveLength(1);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ [`${one}/${'A'.repeat(40)}`]: 7 });
    const warn = vi.fn<(event: string) => void>();
    expect(await newlyExpiring([ending(one, 5)], now, '/nonexistent\0/told.json', { ...silentLog, warn })).toHaveLength(1);
    expect(warn.mock.calls[0]?.[0]).toBe('expiry.not-remembered');
  });
});

describe('a certificate that was replaced here', () => {
  const [old, next] = [
    sampleCertificate({ thumbprint: 'A'.repeat(40), notAfter: inDays(5) }),
    sampleCertificate({ thumbprint: 'B'.repeat(40), notAfter: inDays(400) }),
  ];
  const handover = (at: string) => ({ confirmedAt: at, by: 'anna', profile: { id: 'mailstore-guide', version: 1 } });
  const rotated = sampleRecord({ id: one, certificate: next, earlierCertificates: [{ ...old, handover: handover(inDays(-9)) }] });
  const steps = (record: typeof rotated) =>
    watched([record], now).map(({ certificate, superseded, step }) => [certificate.thumbprint[0], superseded, step]);

  it('is watched while the server still uses it: until the new one is handed over', async () => {
    expect(steps(rotated)).toEqual([
      ['B', false, null],
      ['A', true, 7],
    ]);
    expect(steps({ ...rotated, certificate: { ...next, handover: handover(inDays(0)) } })).toEqual([['B', false, null]]);
    expect(await newlyExpiring([rotated], now, memory(), silentLog)).toMatchObject([
      { superseded: true, days: 5, certificate: { thumbprint: old.thumbprint } },
    ]);
  });

  it('is watched through a rotation that nobody has confirmed, also where no handover was ever confirmed before', () => {
    const rotation = {
      from: old.thumbprint,
      to: next.thumbprint,
      overlapDays: 7,
      pfx: null,
      timeline: [
        { state: 'created', at: now.toISOString() },
        { state: 'proven', at: now.toISOString() },
      ],
    } as const;
    const begun = { ...rotated, earlierCertificates: [old], rotation };
    expect(steps(begun)).toEqual([
      ['B', false, null],
      ['A', true, 7],
    ]);
    const ended = (state: 'handed-over' | 'rolled-back') => ({
      ...begun,
      rotation: { ...rotation, timeline: [...rotation.timeline, { state, at: now.toISOString() }] },
    });
    for (const state of ['handed-over', 'rolled-back'] as const) expect(steps(ended(state))).toEqual([['B', false, null]]);
    expect(steps({ ...begun, certificate: { ...next, usedHereOnly: true } })).toEqual([['B', false, null]]);
  });

  it('is not where no server was ever said to use it, or the server makes its own', () => {
    expect(steps({ ...rotated, earlierCertificates: [old] })).toEqual([['B', false, null]]);
    expect(steps({ ...rotated, custody: 'external' })).toEqual([['B', false, null]]);
  });

  it('is told beside the new one, each once', async () => {
    const file = memory();
    const both = { ...rotated, certificate: { ...next, notAfter: inDays(20) } };
    expect((await newlyExpiring([both], now, file, silentLog)).map(({ step }) => step)).toEqual([30, 7]);
    expect(await newlyExpiring([both], now, file, silentLog)).toEqual([]);
  });
});

it('the end that the tenant has counts where it comes before the certificate’s own', () => {
  const certificate = sampleCertificate({
    notAfter: inDays(300),
    inTenant: { notBefore: inDays(-10), notAfter: inDays(5), seenAt: inDays(0) },
  });
  const record = sampleRecord({ id: one, custody: 'external', certificate });
  expect(watched([record], now)).toMatchObject([{ days: 5, step: 7, certificate: { notAfter: inDays(5) } }]);
  const longer = { ...certificate, inTenant: { notBefore: inDays(-10), notAfter: inDays(400), seenAt: inDays(0) } };
  expect(watched([{ ...record, certificate: longer }], now)).toMatchObject([{ days: 300, step: null }]);
});
