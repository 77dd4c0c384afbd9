import { describe, expect, it } from 'vitest';
import { chainAbove, isOfKey } from '../../../main/certificates/chain.ts';
import { certificateOf, latestOf } from '../../../main/certificates/choice.ts';
import { certifyKeyPair, createKeyPair } from '../../../main/certificates/create.ts';
import { isInTime, usableCertificate } from '../../../main/certificates/usable.ts';
import { foundCertificate, type FoundCertificate } from '../../../main/certificates/x509.ts';
import { once } from './samples.ts';

const now = new Date('2026-11-24T12:00:00Z');
const minutes = (count: number, ms = 0) => new Date(now.getTime() + count * 60_000 + ms);
const file = { path: 'server.cer', door: 'server' } as const;
const keys = once(() => createKeyPair(2048));
const others = once(() => createKeyPair(2048));

async function lasting(notBefore: Date, notAfter: Date, pair = keys()): Promise<FoundCertificate> {
  const { der } = await certifyKeyPair({ commonName: 'x', notBefore, notAfter }, await pair);
  const found = foundCertificate(der);
  if (found === null) throw new Error('not a certificate');
  return found;
}

describe('a certificate in its time', () => {
  it('has not ended, and begins ten minutes from now at the latest: clocks differ', () => {
    const until = (notAfter: Date) => isInTime({ notBefore: 0, notAfter: notAfter.getTime() }, now);
    expect([until(minutes(0, 1)), until(minutes(0)), until(minutes(-1))]).toEqual([true, false, false]);
    const from = (notBefore: Date) => isInTime({ notBefore: notBefore.getTime(), notAfter: Number.MAX_SAFE_INTEGER }, now);
    expect([from(minutes(-1)), from(minutes(10)), from(minutes(10, 1))]).toEqual([true, true, false]);
  });

  it('is usable to the second, and refused with what is wrong and when', async () => {
    const found = await lasting(minutes(10), minutes(20));
    expect(usableCertificate(found, file, now)).toMatchObject({ keySize: 2048, notBefore: '2026-11-24T12:10:00Z' });
    expect(() => usableCertificate(found, file, minutes(-1))).toThrow(
      expect.objectContaining({ code: 'certificate.not-yet-valid', params: { ...file, begin: '2026-11-24 12:10 UTC' } }),
    );
    expect(usableCertificate(found, file, minutes(20, -1))).toBeDefined();
    expect(() => usableCertificate(found, file, minutes(20))).toThrow(
      expect.objectContaining({ code: 'certificate.expired', params: { ...file, end: '2026-11-24 12:20 UTC' } }),
    );
  });
});

describe('of several certificates of one key', () => {
  it('the one in its time that ends last is meant, or else the one that ends last', async () => {
    const ended = await lasting(minutes(-60), minutes(-1));
    const endedBefore = await lasting(minutes(-60), minutes(-2));
    const short = await lasting(minutes(-60), minutes(5));
    const long = await lasting(minutes(-60), minutes(50));
    const later = await lasting(minutes(30), minutes(500));
    expect(latestOf([short, long, ended, later], now)).toBe(long);
    expect(latestOf([ended, short, later], now)).toBe(short);
    expect(latestOf([endedBefore, ended], now)).toBe(ended);
    expect(latestOf([ended, endedBefore], now)).toBe(ended);
    expect(latestOf([], now)).toBeNull();
  });

  it('none is meant that is of another key', async () => {
    const mine = await lasting(minutes(-60), minutes(5));
    const longer = await lasting(minutes(-60), minutes(50), others());
    const { privateKey } = await keys();
    expect(certificateOf(privateKey, [longer, mine], now)).toBe(mine);
    expect(certificateOf(privateKey, [longer], now)).toBeNull();
    expect([isOfKey(mine, privateKey), isOfKey(longer, privateKey)]).toEqual([true, false]);
  });
});

describe('the chain', () => {
  it('of a certificate that signed itself is empty, whatever else is there', async () => {
    const own = await lasting(minutes(-60), minutes(5));
    const other = await lasting(minutes(-60), minutes(5), others());
    expect(chainAbove(own, [own, other])).toEqual([]);
  });
});
