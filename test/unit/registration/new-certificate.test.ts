import { describe, expect, it, vi } from 'vitest';
import { certificateDates, defaultLifetime, type CertificateDates } from '../../../main/certificates/index.ts';
import { silentLog } from '../../../main/log/index.ts';
import type { Engine, Progress, Run } from '../../../main/registration/engine.ts';
import { issue } from '../../../main/registration/certificates/issue.ts';
import {
  atHand,
  newCertificate,
  permittedDates,
  prepareCertificate,
  prepareSuccessor,
  successorDates,
} from '../../../main/registration/certificates/new-certificate.ts';
import { keyUseText, readKeyUse } from '../../../main/registration/certificates/key-use.ts';
import { createTexts } from '../../../main/texts/index.ts';
import { Fault } from '../../../main/faults.ts';
import { GraphFailure, type Directory } from '../../../main/directory/index.ts';
import { ours } from '../certificates/samples.ts';
import { sampleCertificate, sampleRecord } from '../vault/records.ts';
import { testClock } from '../vault/samples.ts';
import { application } from './connected-tenant.ts';
import { keyCredential, noLimit } from './generated-tenant.ts';
import { failure } from './writes.ts';

const clock = testClock();
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nothing else of the engine is used here
const engineWith = (policies: object) => ({ policies, clock, log: silentLog }) as unknown as Engine;
const events: Progress[] = [];
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- likewise
const run = { onProgress: (event: Progress) => void events.push(event) } as Run;
const dates = (months: number) => certificateDates(clock.now(), { months });

describe('begin and end of a new certificate', () => {
  it('are as asked where this computer’s policy says nothing, or allows more', () => {
    expect(permittedDates(engineWith({}), { months: 36 })).toEqual(dates(36));
    expect(permittedDates(engineWith({ MaximumLifetimeMonths: 36 }), { months: 36 })).toEqual(dates(36));
  });

  it('that somebody asked for are refused rather than shortened; the default is shortened', () => {
    const strict = engineWith({ MaximumLifetimeMonths: 6 });
    expect(() => permittedDates(strict, { months: 7 })).toThrow(
      expect.objectContaining({ code: 'policy.lifetime', params: { months: 6 } }),
    );
    expect(permittedDates(strict, defaultLifetime)).toEqual({ notBefore: dates(6).notBefore, notAfter: dates(6).notAfter });
  });

  it('in the place of another are a life as long as the other’s, or as asked', () => {
    const before = sampleCertificate({ notBefore: '2025-01-01T00:00:00Z', notAfter: '2025-04-11T00:00:00Z' });
    const { notBefore, notAfter } = successorDates(engineWith({}), before, null);
    expect(notBefore).toEqual(dates(1).notBefore);
    expect(notAfter.getTime() - notBefore.getTime()).toBe(100 * 86_400_000);
    expect(successorDates(engineWith({}), before, { months: 2 })).toEqual(dates(2));
    expect(successorDates(engineWith({ MaximumLifetimeMonths: 1 }), before, null).notAfter).toEqual(dates(1).notAfter);
    expect(() => successorDates(engineWith({ MaximumLifetimeMonths: 1 }), before, { months: 2 })).toThrow(
      expect.objectContaining({ code: 'policy.lifetime' }),
    );
  });
});

describe('a certificate that is prepared', () => {
  it('has its key at once, and its end when the tenant has told it', async () => {
    events.length = 0;
    const { certificate } = prepareCertificate(engineWith({}), { commonName: 'Archive', keySize: 2048, lifetime: { months: 15 } }, run);
    const prepared = await certificate;
    if (prepared === null || !('asked' in prepared)) throw new Error('not prepared');
    expect(events).toEqual([{ kind: 'creating-certificate', keySize: 2048 }]);
    expect(prepared.asked).toEqual(dates(15));
    const { stored, privateKey } = await prepared.dated({ ...prepared.asked, notAfter: new Date('2027-01-01T00:00:00Z') });
    expect(stored).toMatchObject({
      subject: 'CN=Archive',
      keySize: 2048,
      notAfter: '2027-01-01T00:00:00Z',
      holder: 'keyring',
      otherHolders: 'none',
    });
    expect(privateKey?.asymmetricKeyDetails?.modulusLength).toBe(2048);
  });

  it('is refused before anybody signs in where its key is smaller than this computer’s policy allows', () => {
    const strict = engineWith({ MinimumKeySize: 3072 });
    expect(() => prepareCertificate(strict, { commonName: 'x', keySize: 2048, lifetime: { months: 1 } }, run)).toThrow(
      expect.objectContaining({ code: 'policy.key-size' }),
    );
  });

  it.each([
    [2048, undefined, 2048],
    [2048, 3072, 3072],
    [1024, undefined, 3072],
    [3072, 2048, 3072],
  ] as const)('in the place of one of %i bits has a key as large, or the smallest that is allowed (%s)', async (before, smallest, size) => {
    events.length = 0;
    const engine = engineWith(smallest === undefined ? {} : { MinimumKeySize: smallest });
    const { asked } = await prepareSuccessor(engine, 'x', sampleCertificate({ keySize: before }), { months: 3 }, run);
    expect(events).toEqual([{ kind: 'creating-certificate', keySize: size }]);
    expect(asked).toEqual(dates(3));
  });

  it('is the one at hand where there is one', async () => {
    const { certificate, privateKey } = await ours();
    const given = newCertificate({ certificate, privateKey }, 'key-imported');
    expect(given).toMatchObject({ stored: { thumbprint: certificate.thumbprint, otherHolders: 'possible' }, privateKey });
    expect(given.stored).not.toHaveProperty('chain');
    await expect(atHand(given).certificate).resolves.toBe(given);
    await expect(atHand(null).certificate).resolves.toBeNull();
  });
});

describe('the certificate of a run', () => {
  const asked = { notBefore: new Date('2026-11-24T10:20:00Z'), notAfter: new Date('2028-02-24T10:20:00Z') };
  const dated = vi.fn<(dates: CertificateDates) => Promise<{ stored: ReturnType<typeof sampleCertificate>; privateKey: null }>>(() =>
    Promise.resolve({ stored: sampleCertificate(), privateKey: null }),
  );
  const times = { now: clock.now(), microsoftNow: clock.now() };
  const limited = (days: number) => ({ ...noLimit, maxLifetimeSeconds: days * 86_400 });

  it('ends as asked, or as the tenant’s policy allows, which is told', async () => {
    await expect(issue({ asked, dated }, null, undefined, times)).resolves.toMatchObject({ askedEnd: null });
    expect(dated).toHaveBeenLastCalledWith(asked);
    await expect(issue({ asked, dated }, limited(100), undefined, times)).resolves.toMatchObject({
      askedEnd: '2028-02-24T10:20:00Z',
    });
    expect(dated).toHaveBeenLastCalledWith({ ...asked, notAfter: new Date(asked.notBefore.getTime() + 100 * 86_400_000) });
  });

  it('is not made where it would end before the overlap of its rotation', async () => {
    dated.mockClear();
    await expect(issue({ asked, dated }, limited(10), 10, times)).rejects.toMatchObject({ code: 'rotation.overlap-too-long' });
    expect(dated).not.toHaveBeenCalled();
    await expect(issue({ asked, dated }, limited(10), 9, times)).resolves.toHaveProperty('next');
    await expect(issue({ asked, dated }, limited(10), undefined, times)).resolves.toHaveProperty('next');
  });

  it('is the one that is there, or none, as it is', async () => {
    const there = { stored: sampleCertificate(), privateKey: null };
    await expect(issue(there, limited(1), 400, times)).resolves.toEqual({ next: there, askedEnd: null });
    await expect(issue(null, limited(1), 400, times)).resolves.toEqual({ next: null, askedEnd: null });
  });
});

describe('when the earlier certificates were last used', () => {
  const texts = createTexts('en');
  const key = keyCredential(new Uint8Array([1, 2]), 'AAAAAAAA-0000-4000-8000-000000000001', '2027-01-01T00:00:00Z');
  const earlier = sampleCertificate({ thumbprint: key.thumbprint ?? '', thumbprintSha256: key.thumbprintSha256 ?? '' });
  const record = sampleRecord({ earlierCertificates: [earlier] });
  const published = { ...application, keyCredentials: [key] };
  const row = (lastSignInDateTime: string | null | undefined, keyId = key.entry.keyId.toLowerCase()) => ({
    keyId,
    signInActivity: { lastSignInDateTime },
  });
  const asked: unknown[] = [];
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nothing else is asked of the tenant
  const reading = (answer: () => Promise<unknown>) =>
    ({ readAll: (...args: unknown[]) => (asked.push(args), answer()) }) as unknown as Directory;
  const use = (rows: unknown) =>
    readKeyUse(
      reading(() => Promise.resolve(rows)),
      record,
      published,
      texts,
    );
  const failing = (reason: unknown, signal?: AbortSignal) =>
    readKeyUse(
      reading(() => Promise.reject(reason)),
      record,
      published,
      texts,
      signal,
    );

  it('is the latest of the rows of its key, whatever the case of the id', async () => {
    asked.length = 0;
    const rows = [
      row('2026-01-01T00:00:00Z'),
      row('2026-03-01T12:34:56Z'),
      row('2026-02-01T00:00:00Z'),
      row('2026-09-01T00:00:00Z', 'another'),
    ];
    const report = await use(rows);
    const lastSignInAt = '2026-03-01T12:34:56.000Z';
    expect(report).toEqual({ keys: [{ thumbprint: key.thumbprint, keyId: key.entry.keyId, lastSignInAt }] });
    expect(asked).toEqual([
      [`/reports/appCredentialSignInActivities?$filter=${encodeURIComponent(`appId eq '${application.clientId}'`)}`, undefined, 'beta'],
    ]);
    expect(keyUseText(report, texts)).toContain('2026-03-01 12:34Z');
  });

  it.each([[[]], [[row(null)]], [[row(undefined)]], [[{ keyId: key.entry.keyId }]], [[row('no time')]]])(
    'is not known from %j',
    async (rows) => {
      const report = await use(rows);
      expect(report).toMatchObject({ keys: [{ lastSignInAt: null }] });
      expect(keyUseText(report, texts)).toBe(texts.t('key-use.never', { thumbprint: key.thumbprint ?? '' }));
    },
  );

  it('is not asked where none of them is published, nor in a cloud without the report', async () => {
    asked.length = 0;
    const reader = reading(() => Promise.resolve([]));
    const others = {
      ...application,
      keyCredentials: [
        { ...key, thumbprintSha256: null },
        { ...key, thumbprintSha256: 'F'.repeat(64) },
      ],
    };
    for (const each of [null, others]) await expect(readKeyUse(reader, record, each, texts)).resolves.toEqual({ keys: [] });
    expect(keyUseText({ keys: [] }, texts)).toBe(texts.t('key-use.none'));
    const elsewhere = await readKeyUse(reader, { ...record, cloud: 'china' }, published, texts);
    expect(elsewhere).toEqual({ unreadable: texts.t('key-use.cloud') });
    expect(keyUseText(elsewhere, texts)).toBe(texts.t('key-use.cloud'));
    expect(asked).toEqual([]);
  });

  it('is no failure of the run: what stands in its way is said', async () => {
    const licence = new GraphFailure('forbidden', {
      status: 403,
      code: 'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
      message: 'x',
    });
    expect(await failing(licence)).toEqual({ unreadable: texts.t('key-use.licence') });
    expect(await failing(failure('forbidden', 403))).toEqual({ unreadable: texts.t('key-use.forbidden', { detail: 'Because.' }) });
    expect(await failing(failure('throttled', 429))).toEqual({ unreadable: texts.t('key-use.failed', { detail: 'Because.' }) });
    expect(await failing('a text')).toEqual({ unreadable: texts.t('key-use.failed', { detail: 'a text' }) });
    const fault = new Fault('service.unreachable', { params: { host: 'graph.microsoft.com' } });
    expect(await failing(fault)).toEqual({ unreadable: texts.t('key-use.failed', { detail: texts.faultText(fault).message }) });
  });

  it('is no reason to go on where the run was interrupted', async () => {
    await expect(failing(new Fault('interrupted'))).rejects.toMatchObject({ code: 'interrupted' });
    await expect(failing(failure('uncertain', 0), AbortSignal.abort())).rejects.toMatchObject({ kind: 'uncertain' });
  });
});
