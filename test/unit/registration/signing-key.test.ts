import { describe, expect, it } from 'vitest';
import { clouds } from '../../../main/clouds/index.ts';
import type { CredentialRecord, Rotation } from '../../../main/credential/index.ts';
import { isAccepted, signers, signingKey } from '../../../main/registration/run/signing-key.ts';
import { sampleCertificate, sampleRecord } from '../vault/records.ts';
import { lone, privateKey, refusal } from './lone-engine.ts';

const print = (letter: string) => ({ thumbprint: letter.repeat(40), thumbprintSha256: letter.repeat(64) });
const [first, second, current] = ['A', 'B', 'C'].map((letter) => sampleCertificate(print(letter)));
if (first === undefined || second === undefined || current === undefined) throw new Error('no certificates');
const record = sampleRecord({
  clientId: '5a1f3c0e-7a52-4c1e-9d51-0f5b6f3d1a01',
  certificate: current,
  earlierCertificates: [first, second],
});
const rotating = (timeline: Rotation['timeline'], to = current.thumbprint): CredentialRecord => ({
  ...record,
  rotation: { from: second.thumbprint, to, overlapDays: 7, timeline, pfx: null },
});
const created = { state: 'created', at: '2026-11-24T10:00:00Z' } as const;
const published = { state: 'published', at: '2026-11-24T10:00:00Z' } as const;
const ended = '2026-11-24T10:30:00Z';
const [A, B, C] = [first, second, current].map(({ thumbprintSha256 }) => thumbprintSha256) as [string, string, string];

describe('what may sign', () => {
  it('is the current certificate, then the earlier ones, the latest first', () => {
    expect(signers(record)).toEqual([current, second, first]);
    expect(signers(rotating([created, published]))).toEqual([current, second, first]);
    expect(signers(rotating([created], second.thumbprint))).toEqual([current, second, first]);
    expect(signers({ ...record, certificate: null })).toEqual([second, first]);
  });

  it('is at last a current certificate that is still to be published', () => {
    expect(signers(rotating([created]))).toEqual([second, first, current]);
  });
});

describe('the key that signs', () => {
  it('is the first that a token is issued for', async () => {
    const { engine, connection, run, asked } = lone(record, { [C]: refusal('token.key-not-found') });
    await expect(signingKey(engine, connection, record, [current, second, first], run)).resolves.toEqual({
      certificate: second,
      privateKey,
      accessToken: `token of ${B}`,
    });
    expect(asked).toEqual([C, B]);
  });

  it('is tried with a token for Microsoft Graph, for this application in its tenant and cloud', async () => {
    const { engine, connection, run, requests } = lone(record);
    const { signal } = new AbortController();
    await signingKey(engine, connection, record, [current], run);
    await signingKey(engine, connection, { ...record, cloud: 'china', clientId: null }, [current], { ...run, signal });
    const request = { cloud: clouds.global, tenantId: record.tenantId, clientId: record.clientId, thumbprintSha256: C, resource: 'graph' };
    expect(requests[0]).toEqual({ ...request, privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) });
    expect(requests[1]).toMatchObject({ cloud: clouds.china, clientId: '', signal });
  });

  it('is none that is not in the keychain, nor one that has ended while another has not', async () => {
    const { engine, connection, run, asked } = lone(record, {}, [current.thumbprint]);
    const over = { ...second, notAfter: ended };
    expect(await signingKey(engine, connection, record, [current, over, first], run)).toMatchObject({ certificate: first });
    expect(asked).toEqual([A]);
  });

  it('is asked for with one that has ended by this clock where all have: the clock may be wrong', async () => {
    const { engine, connection, run } = lone(record);
    expect(await signingKey(engine, connection, record, [{ ...current, notAfter: ended }], run)).toMatchObject({
      accessToken: `token of ${C}`,
    });
  });

  it('is none where Microsoft refuses all: the first refusal says why', async () => {
    const answers = { [C]: refusal('token.signature-mismatch'), [B]: refusal('token.key-not-found') };
    const { engine, connection, run } = lone(record, answers);
    await expect(signingKey(engine, connection, record, [current, second], run)).rejects.toMatchObject({
      code: 'token.signature-mismatch',
    });
  });

  it('is none where all have ended, and Microsoft says no more than that', async () => {
    const over = [{ ...current, notAfter: ended }];
    const refused = lone(record, { [C]: refusal('token.key-expired') });
    await expect(signingKey(refused.engine, refused.connection, record, over, refused.run)).rejects.toMatchObject({
      code: 'rotation.no-valid-certificate',
      params: { name: record.name },
      cause: { code: 'token.key-expired' },
    });
    const clock = lone(record, { [C]: refusal('token.clock') });
    await expect(signingKey(clock.engine, clock.connection, record, over, clock.run)).rejects.toMatchObject({ code: 'token.clock' });
    const none = lone(record);
    await expect(signingKey(none.engine, none.connection, record, [], none.run)).rejects.toMatchObject({
      code: 'rotation.no-valid-certificate',
    });
  });

  it('is none where no key is here', async () => {
    const { engine, connection, run, asked } = lone(record, {}, [current.thumbprint, second.thumbprint]);
    await expect(signingKey(engine, connection, record, [current, second], run)).rejects.toMatchObject({
      code: 'vault.key-missing',
      params: { name: record.name },
    });
    expect(asked).toEqual([]);
  });

  it('is not looked for any further where Microsoft cannot be reached', async () => {
    const { engine, connection, run, asked } = lone(record, { [C]: refusal('service.unreachable') });
    await expect(signingKey(engine, connection, record, [current, second], run)).rejects.toMatchObject({ code: 'service.unreachable' });
    expect(asked).toEqual([C]);
  });
});

describe('whether the current certificate is accepted', () => {
  const accepted = async (...given: Parameters<typeof lone>) => {
    const { engine, connection, run } = lone(...given);
    return isAccepted(engine, connection, given[0], run);
  };

  it('is told by a token for it', async () => {
    await expect(accepted(record)).resolves.toBe(true);
    await expect(accepted(record, { [C]: refusal('token.key-not-found') })).resolves.toBe(false);
    await expect(accepted(record, {}, [current.thumbprint])).resolves.toBe(false);
    await expect(accepted({ ...record, certificate: null })).resolves.toBe(false);
  });

  it('is not told by an outage', async () => {
    await expect(accepted(record, { [C]: refusal('service.unreachable') })).rejects.toMatchObject({ code: 'service.unreachable' });
  });
});
