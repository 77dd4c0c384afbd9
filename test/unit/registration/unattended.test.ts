import { beforeAll, describe, expect, it, vi } from 'vitest';
import { clouds } from '../../../main/clouds/index.ts';
import { withFacts, type CredentialRecord, type Rotation, type StoredCertificate } from '../../../main/credential/index.ts';
import { Fault } from '../../../main/faults.ts';
import { rollBack } from '../../../main/registration/run/roll-back.ts';
import { rotateUnattended, type UnattendedWork } from '../../../main/registration/run/unattended.ts';
import { profileById, profileReference } from '../../../main/servers/index.ts';
import { certificateOf, clientId, rollingTenant, type Rolling } from './rolling-tenant.ts';
import { failure } from './writes.ts';

let [old, current] = [] as unknown as [StoredCertificate, StoredCertificate];
beforeAll(async () => {
  [old, current] = [await certificateOf('old'), await certificateOf('current')];
});

const rotation = (...states: Rotation['timeline'][number]['state'][]): Rotation => ({
  from: old.thumbprint,
  to: current.thumbprint,
  overlapDays: 7,
  timeline: states.map((state) => ({ state, at: '2026-11-01T10:00:00Z' })),
  pfx: null,
});
const states = ({ rotation: now }: CredentialRecord) => now?.timeline.map(({ state }) => state);
/** One certificate, published. */
const before = () => rollingTenant([old], { certificate: old });
/** A rotation whose handover was long ago. */
const after = (changes: Partial<CredentialRecord> = {}) => {
  const handedOver = { handover: { confirmedAt: '2026-11-02T10:00:00Z', by: 'Anna', profile: { id: 'mailstore-guide', version: 1 } } };
  const both = withFacts({ certificate: current, earlierCertificates: [old] }, current.thumbprint, handedOver);
  return rollingTenant([old, current], { ...both, rotation: rotation('created', 'published', 'proven', 'handed-over'), ...changes });
};
const rotate = (here: Rolling, work: Partial<UnattendedWork> = {}) =>
  rotateUnattended(here.engine, here.connection, { record: here.kept(), begin: true, overlapDays: 5, lifetime: null, ...work }, here.run);

describe('a rotation without an administrator', () => {
  it('makes a key, keeps it, publishes its certificate beside the old one and proves it', async () => {
    const here = before();
    const done = await rotate(here);
    const now = here.kept();
    expect(now.certificate?.thumbprint).not.toBe(old.thumbprint);
    expect(now).toMatchObject({
      certificate: { subject: `CN=${now.appName}`, keySize: old.keySize, keyId: 'd0000000-0000-4000-8000-000000000001' },
      earlierCertificates: [{ thumbprint: old.thumbprint }],
      rotation: { from: old.thumbprint, to: now.certificate?.thumbprint, overlapDays: 5 },
      proof: { ok: true },
    });
    expect(states(now)).toEqual(['created', 'published', 'proven']);
    expect([...here.saved.keys()]).toEqual([now.certificate?.thumbprint]);
    expect(here.published()).toEqual([old.thumbprintSha256, now.certificate?.thumbprintSha256]);
    expect(done.plan.map(({ change }) => change)).toEqual(['add-key-credential']);
    expect(done.proof).toMatchObject({ ok: true });
    expect(done.findings).toEqual([]);
  });

  it('gives the new one a life as long as the old one’s, or as long as asked', async () => {
    const life = ({ certificate }: CredentialRecord) =>
      Math.round((Date.parse(certificate?.notAfter ?? '') - Date.parse(certificate?.notBefore ?? '')) / 86_400_000);
    const here = before();
    await rotate(here);
    expect(life(here.kept())).toBe(life({ ...here.kept(), certificate: old }));
    const short = before();
    await rotate(short, { lifetime: { months: 2 } });
    expect(life(short.kept())).toBeLessThan(63);
  });

  it('goes on with the one that is stored where it is told to begin none', async () => {
    const here = rollingTenant([old], {
      certificate: { ...current, keyId: null },
      earlierCertificates: [old],
      rotation: rotation('created'),
    });
    await rotate(here, { begin: false });
    expect(here.published()).toEqual([old.thumbprintSha256, current.thumbprintSha256]);
    expect(states(here.kept())).toEqual(['created', 'published', 'proven']);
    expect(here.saved.size).toBe(0);
  });

  it('waits for the token of the new one, which Microsoft does not know at once', async () => {
    const here = before();
    const onProgress: Rolling['run']['onProgress'] = (event) => {
      const [, added = ''] = here.published();
      if (event.kind === 'change') here.refused.set(added, new Fault('token.key-not-found'));
      if (event.kind === 'pause') here.refused.clear();
    };
    const done = await rotate({ ...here, run: { ...here.run, onProgress } });
    expect(done.proof).toMatchObject({ ok: true });
    expect(here.kept().state).toBe('proven');
  });

  it('makes no key where none of ours works, and none without a certificate', async () => {
    const here = rollingTenant([], { certificate: old });
    await expect(rotate(here)).rejects.toMatchObject({ code: 'token.key-not-found' });
    expect(here.saved.size).toBe(0);
    const none = rollingTenant([old], { certificate: null, earlierCertificates: [old] });
    await expect(rotate(none)).rejects.toMatchObject({ code: 'rotation.no-certificate', params: { name: none.kept().name } });
  });

  it('takes back nothing that another certificate was made in place of meanwhile', async () => {
    const here = before();
    vi.spyOn(here.engine.secrets, 'save').mockImplementation(async () => {
      here.engine.store.change(here.kept().id, () => ({ certificate: current }));
    });
    await expect(rotate(here)).rejects.toMatchObject({ code: 'store.changed', params: { name: here.kept().name } });
    expect(here.kept().certificate?.thumbprint).toBe(current.thumbprint);
    expect(here.published()).toEqual([old.thumbprintSha256]);
  });

  it('says what Graph refused in the words of a rotation', async () => {
    const here = before();
    vi.spyOn(here.directory, 'addKey').mockRejectedValue(failure('forbidden', 403));
    await expect(rotate(here)).rejects.toMatchObject({ code: 'registration.not-permitted', params: { tenant: 'Contoso', clientId } });
  });
});

describe('the old key credential', () => {
  it('goes after handover and overlap, once the new key is proven in this run', async () => {
    const here = after();
    const done = await rotate(here, { begin: false });
    expect(here.published()).toEqual([current.thumbprintSha256]);
    expect(here.kept()).toMatchObject({ earlierCertificates: [], certificate: { thumbprint: current.thumbprint } });
    expect(states(here.kept())?.at(-1)).toBe('old-removed');
    expect(here.forgotten).toEqual([old.thumbprint]);
    expect(done.plan.map(({ change }) => change)).toEqual(['remove-key-credential']);
  });

  it('stays while the new key gets no token, whatever was handed over, and the run ends with what it found', async () => {
    const here = after();
    here.refused.set(current.thumbprintSha256, new Fault('token.credential-refused'));
    const done = await rotate(here, { begin: false });
    expect(done.proof).toMatchObject({ ok: false });
    expect(done.plan).toEqual([]);
    expect(here.published()).toEqual([old.thumbprintSha256, current.thumbprintSha256]);
    expect(here.forgotten).toEqual([]);
  });

  it('stays while the new key gets a token for another resource alone', async () => {
    const here = after({ profile: profileReference(profileById('mailstore-guide')) });
    const { identity } = here.connection;
    const appOnlyToken = identity.appOnlyToken.bind(identity);
    vi.spyOn(identity, 'appOnlyToken').mockImplementation(async (request) => {
      if (request.resource === 'graph' && request.thumbprintSha256 === current.thumbprintSha256)
        throw new Fault('token.credential-refused');
      const token = await appOnlyToken(request);
      return request.resource === 'graph'
        ? token
        : { ...token, claims: { ...token.claims, aud: clouds.global.exchange, roles: ['full_access_as_app'] } };
    });
    const { proof } = await rotate(here, { begin: false });
    expect(proof?.checks.some(({ result }) => result === 'passed')).toBe(true);
    expect(here.published()).toHaveLength(2);
  });

  it('stays until the overlap is over', async () => {
    const here = after({ rotation: { ...rotation('created', 'published', 'proven', 'handed-over'), overlapDays: 23 } });
    expect((await rotate(here, { begin: false })).plan).toEqual([]);
    expect(here.published()).toHaveLength(2);
  });
});

describe('a roll back', () => {
  const back = (here: Rolling) => rollBack(here.engine, here.connection, here.kept(), here.run);
  const rotated = (changes: Partial<CredentialRecord> = {}) =>
    rollingTenant([old, current], {
      certificate: current,
      earlierCertificates: [old],
      rotation: rotation('created', 'published', 'proven'),
      ...changes,
    });

  it('makes the old one the current one, proves it, and writes nothing in the tenant', async () => {
    const here = rotated();
    const done = await back(here);
    expect(here.kept()).toMatchObject({
      certificate: { thumbprint: old.thumbprint },
      earlierCertificates: [{ thumbprint: current.thumbprint }],
    });
    expect(states(here.kept())).toEqual(['created', 'published', 'proven', 'rolled-back']);
    expect(here.published()).toHaveLength(2);
    expect(done).toMatchObject({ plan: [], findings: [], proof: { ok: true } });
  });

  it('keeps what was said of others, and each certificate once', async () => {
    const third = await certificateOf('third');
    const here = rotated({ earlierCertificates: [third, old] });
    await back(here);
    expect(here.kept().earlierCertificates.map(({ thumbprint }) => thumbprint)).toEqual([third.thumbprint, current.thumbprint]);
  });

  it.each<[string, () => Partial<CredentialRecord>, string]>([
    ['there was no rotation', () => ({ rotation: null }), 'rotation.nothing-to-roll-back'],
    ['it was rolled back before', () => ({ rotation: rotation('created', 'rolled-back') }), 'rotation.nothing-to-roll-back'],
    ['the old one is on its way out', () => ({ rotation: rotation('created', 'published', 'removing') }), 'rotation.nothing-to-roll-back'],
    ['the old one is gone', () => ({ earlierCertificates: [] }), 'rotation.nothing-to-roll-back'],
    ['there is no certificate', () => ({ certificate: null }), 'rotation.nothing-to-roll-back'],
    ['the server holds the key', () => ({ custody: 'external' }), 'rotation.roll-back-external'],
  ])('is none where %s', async (_, changes, code) => {
    const here = rotated(changes());
    const was = here.kept();
    await expect(back(here)).rejects.toMatchObject({ code, params: { name: was.name } });
    expect(here.kept()).toEqual(was);
  });

  it('is none where the old one does not work: its key is gone, or Microsoft refuses it', async () => {
    const lost = rotated();
    const load = lost.engine.secrets.load.bind(lost.engine.secrets);
    vi.spyOn(lost.engine.secrets, 'load').mockImplementation((name) =>
      name.credentialId === lost.kept().id && name.thumbprint === old.thumbprint ? Promise.resolve(null) : load(name),
    );
    const detail: unknown = expect.stringContaining(lost.kept().name);
    await expect(back(lost)).rejects.toMatchObject({ code: 'rotation.old-unusable', params: { thumbprint: old.thumbprint, detail } });
    const refused = rotated();
    refused.refused.set(old.thumbprintSha256, new Fault('token.key-not-found'));
    await expect(back(refused)).rejects.toMatchObject({ code: 'rotation.old-unusable', cause: { code: 'token.key-not-found' } });
    const out = rotated();
    out.refused.set(old.thumbprintSha256, new Fault('service.unreachable'));
    await expect(back(out)).rejects.toMatchObject({ code: 'service.unreachable' });
    for (const here of [lost, refused, out]) expect(here.kept().certificate?.thumbprint).toBe(current.thumbprint);
  });

  it('is none where another process has made another certificate the old one meanwhile', async () => {
    const third = await certificateOf('third');
    const here = rotated();
    const load = here.engine.secrets.load.bind(here.engine.secrets);
    vi.spyOn(here.engine.secrets, 'load').mockImplementation(async (name) => {
      here.engine.store.change(here.kept().id, () => ({
        earlierCertificates: [old, third],
        rotation: { ...rotation('created'), from: third.thumbprint },
      }));
      return load(name);
    });
    await expect(back(here)).rejects.toMatchObject({ code: 'store.changed', params: { name: here.kept().name } });
    expect(here.kept().certificate?.thumbprint).toBe(current.thumbprint);
  });
});
