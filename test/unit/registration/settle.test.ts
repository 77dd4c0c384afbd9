import { describe, expect, it } from 'vitest';
import type { CredentialRecord, Rotation } from '../../../main/credential/index.ts';
import {
  entryOf,
  isPublished,
  settleFacts,
  settlePublished,
  settleRemoved,
  settleRemoving,
  settleUnnamed,
} from '../../../main/registration/certificates/settle.ts';
import { sampleCertificate, sampleRecord } from '../vault/records.ts';
import { application } from './connected-tenant.ts';
import { keyCredential } from './generated-tenant.ts';
import { lone } from './lone-engine.ts';

const print = (letter: string) => ({ thumbprint: letter.repeat(40), thumbprintSha256: letter.repeat(64) });
const id = (letter: string) => `${letter.repeat(8)}-0000-4000-8000-000000000001`;
const old = sampleCertificate({ ...print('A'), keyId: id('a') });
const current = sampleCertificate(print('B'));
const rotation = (...states: Rotation['timeline'][number]['state'][]): Rotation => ({
  from: old.thumbprint,
  to: current.thumbprint,
  overlapDays: 7,
  timeline: states.map((state) => ({ state, at: '2026-11-24T10:00:00Z' })),
  pfx: null,
});
const record = sampleRecord({ certificate: current, earlierCertificates: [old], rotation: rotation('created') });
const states = ({ rotation: now }: CredentialRecord) => now?.timeline.map(({ state }) => state);
const here = (changes: Partial<CredentialRecord> = {}) => lone({ ...record, ...changes });
const at = '2026-11-24T10:30:00.000Z';

/** As the tenant shows a certificate; without its key by the id alone. */
const entry = (thumbprint: string | null, keyId: string) => ({
  ...keyCredential(new Uint8Array([1]), keyId, '2027-01-01T00:00:00Z'),
  thumbprint,
});
const showing = (...keys: ReturnType<typeof entry>[]) => ({ ...application, keyCredentials: keys });

describe('published', () => {
  it('takes the rotation on, with what was learned', () => {
    const { engine } = here();
    expect(settlePublished(engine, record.id, current.thumbprint, { keyId: id('b') })).toMatchObject({
      certificate: { keyId: id('b') },
      rotation: { timeline: [{ state: 'created' }, { state: 'published', at }] },
    });
  });

  it('is said once, of the current certificate alone, and of none that was rolled back', () => {
    const again = here({ rotation: rotation('created', 'published') });
    expect(states(settlePublished(again.engine, record.id, current.thumbprint))).toEqual(['created', 'published']);
    const other = here();
    expect(settlePublished(other.engine, record.id, old.thumbprint, { keyId: id('c') })).toEqual(other.kept());
    expect(other.kept().version).toBe(1);
    const back = here({ rotation: rotation('created', 'rolled-back') });
    expect(states(settlePublished(back.engine, record.id, current.thumbprint))).toEqual(['created', 'rolled-back']);
    const elsewhere = here({ rotation: { ...rotation('created'), to: old.thumbprint } });
    expect(states(settlePublished(elsewhere.engine, record.id, current.thumbprint))).toEqual(['created']);
    const none = here({ rotation: null });
    expect(settlePublished(none.engine, record.id, current.thumbprint, { keyId: id('b') })).toMatchObject({
      rotation: null,
      certificate: { keyId: id('b') },
    });
  });
});

describe('the entry of a certificate', () => {
  it('is told by its thumbprint, and where there are two by the stored keyId', () => {
    const one = entry(current.thumbprint, id('c'));
    const two = entry(current.thumbprint, id('b').toUpperCase());
    expect(entryOf(showing(entry(old.thumbprint, id('b')), one, two), { ...current, keyId: id('b') })).toBe(two);
    expect(entryOf(showing(one, two), { ...current, keyId: id('9') })).toBe(one);
    expect(entryOf(showing(entry(old.thumbprint, id('b'))), { ...current, keyId: id('b') })).toBeUndefined();
  });

  it('may be one that Microsoft does not tell, by its keyId, or as long as that is not known', () => {
    const untold = showing(entry(null, id('a')));
    expect(isPublished(untold, old)).toBe(true);
    expect(isPublished(untold, { ...old, keyId: id('9') })).toBe(false);
    expect(isPublished(untold, { ...old, keyId: null })).toBe(true);
    expect(isPublished(showing(entry(old.thumbprint, id('9'))), old)).toBe(true);
    expect(isPublished(showing(entry(current.thumbprint, id('a'))), old)).toBe(false);
    expect(isPublished(showing(), old)).toBe(false);
  });
});

describe('what the tenant shows', () => {
  it('is kept with each certificate that is there', () => {
    const { engine } = here();
    const inTenant = { notBefore: '2024-01-01T00:00:00.000Z', notAfter: '2027-01-01T00:00:00.000Z', seenAt: at };
    const shown = showing(entry(old.thumbprint, id('d').toUpperCase()), entry(current.thumbprint, id('e')));
    expect(settleFacts(engine, record.id, shown, at)).toMatchObject({
      certificate: { keyId: id('e'), inTenant },
      earlierCertificates: [{ keyId: id('d'), inTenant }],
    });
    const none = here({ certificate: null });
    expect(settleFacts(none.engine, record.id, showing(), at)).toMatchObject({ certificate: null, earlierCertificates: [old] });
  });

  it('is not known of one whose keyId turned out to be another', () => {
    const { engine } = here({ earlierCertificates: [old, { ...current, keyId: id('c') }] });
    expect(settleUnnamed(engine, record.id, id('a')).earlierCertificates.map(({ keyId }) => keyId)).toEqual([null, id('c')]);
  });
});

describe('gone', () => {
  it('but not proven is on its way, once, where the rotation is about it', () => {
    const removing = (changes: Partial<CredentialRecord>, pending = [old]) => {
      const each = here(changes);
      return states(settleRemoving(each.engine, record.id, pending));
    };
    expect(removing({})).toEqual(['created', 'removing']);
    expect(removing({ rotation: rotation('created', 'removing') })).toEqual(['created', 'removing']);
    expect(removing({}, [])).toEqual(['created']);
    expect(removing({}, [current])).toEqual(['created']);
    expect(removing({ certificate: old })).toEqual(['created']);
    expect(removing({ rotation: null })).toBeUndefined();
  });

  it('and proven is forgotten: the record first, then its key', async () => {
    const each = here();
    const settled = await settleRemoved(each.engine, record.id, [old]);
    expect(settled).toEqual(each.kept());
    expect(settled).toMatchObject({ certificate: { thumbprint: current.thumbprint }, earlierCertificates: [] });
    expect(states(settled)).toEqual(['created', 'old-removed']);
    expect(each.forgotten).toEqual([old.thumbprint]);
  });

  it('ends no rotation that is not about it', async () => {
    const removed = async (changes: Partial<CredentialRecord>) => {
      const each = here(changes);
      return states(await settleRemoved(each.engine, record.id, [old]));
    };
    expect(await removed({ certificate: old })).toEqual(['created']);
    expect(await removed({ rotation: { ...rotation('created'), from: 'F'.repeat(40) } })).toEqual(['created']);
    expect(await removed({ rotation: null })).toBeUndefined();
  });

  it('whose key the keychain does not let go of is gone all the same', async () => {
    const each = here();
    const stuck = { ...each.engine, secrets: { ...each.engine.secrets, forget: () => Promise.reject(new Error('locked')) } };
    expect((await settleRemoved(stuck, record.id, [old])).earlierCertificates).toEqual([]);
  });
});
