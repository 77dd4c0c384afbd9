import { Fault } from '../../faults.ts';
import { thumbprintText } from '../../certificates/index.ts';
import {
  certificateNamed,
  handoverOf,
  withFacts,
  type CredentialPatch,
  type CredentialRecord,
  type StoredCertificate,
} from '../../credential/index.ts';
import type { Engine } from '../engine.ts';
import { handedOver } from '../certificates/handed-over.ts';
import { reachedAt } from '../certificates/timeline.ts';
import type { KnownLink } from '../../mailstore/index.ts';
import { recordAct, whoActs } from '../run/act.ts';

/**
 * The certificate that a word is about: the one that was named, else the one that was last exported or shown to somebody. It has
 * to be the current one: with another one named or shown, the word would be about something that nobody tried.
 *
 * @param thumbprint as the server shows it, SHA-1 or SHA-256; undefined where it was not given
 * @throws Fault handover.no-certificate, handover.other-thumbprint, handover.superseded, handover.thumbprint-needed,
 *   certificate.thumbprint-invalid
 */
function meant(record: CredentialRecord, thumbprint: string | undefined): StoredCertificate {
  const { name, certificate, presented, earlierCertificates } = record;
  if (certificate === null) throw new Fault('handover.no-certificate', { params: { name } });
  const given = thumbprint === undefined ? null : thumbprintText(thumbprint);
  const named = given ?? presented?.thumbprint ?? null;
  if (named === null) {
    // Only one certificate ever was there, so nobody can mean another.
    if (earlierCertificates.length === 0) return certificate;
    throw new Fault('handover.thumbprint-needed', { params: { name, current: certificate.thumbprint } });
  }
  if (named === certificate.thumbprint || named === certificate.thumbprintSha256) return certificate;
  if (given === null || certificateNamed(record, named) !== null)
    throw new Fault('handover.superseded', { params: { name, given: named, current: certificate.thumbprint } });
  throw new Fault('handover.other-thumbprint', { params: { given: named, expected: certificate.thumbprint } });
}

/** What the server that can be asked has shown of the current certificate by then; its own word stands beside the administrator's. */
function shownBy(record: CredentialRecord, link: KnownLink | null) {
  if (link === null) return {};
  const archived = handoverOf(record)?.server?.archived ?? null;
  return { server: { name: link.server.name, instance: link.instance, archived } };
}

/**
 * What the confirmation changes of a credential as it is now.
 *
 * @throws Fault as `meant`, handover.not-published
 */
function confirmed(record: CredentialRecord, thumbprint: string | undefined, link: KnownLink | null, now: Date): CredentialPatch {
  const certificate = meant(record, thumbprint);
  const rotation = record.rotation?.to === certificate.thumbprint ? record.rotation : null;
  // Before it is published no test of the server can have succeeded with it. With a key of the server's, publishing can have
  // happened where nobody here could see it.
  if (rotation !== null && record.custody === 'keyring' && reachedAt(rotation, 'published') === null)
    throw new Fault('handover.not-published', { params: { name: record.name, thumbprint: certificate.thumbprint } });
  const { id, version } = record.profile;
  const handover = { confirmedAt: now.toISOString(), by: whoActs(), profile: { id, version }, ...shownBy(record, link) };
  return {
    ...handedOver(record, certificate, handover, now),
    // Their word counts where nothing failed and something could not be tested here; it never turns red into green.
    state: record.state === 'set-up' ? 'confirmed' : record.state,
  };
}

/**
 * Records that the administrator imported a certificate in the server and its own test succeeded there: who, when, which
 * thumbprint, with which permissions. Nothing the server may still use is removed before it. In a rotation it is about the new
 * certificate.
 *
 * @param thumbprint the one that was shown to the administrator, or that the server shows; left out, the one that was last
 *   exported or shown
 * @throws Fault input.credential.unknown, handover.no-certificate, handover.other-thumbprint, handover.superseded,
 *   handover.thumbprint-needed, handover.not-published, certificate.thumbprint-invalid
 */
export function confirmHandover(engine: Engine, idOrName: string, thumbprint: string | undefined): CredentialRecord {
  const { id } = engine.store.find(idOrName);
  const now = engine.clock.now();
  const record = engine.store.change(id, (current) => {
    const patch = confirmed(current, thumbprint, engine.linkedServers.of(id), now);
    recordAct(engine, current, 'confirm-handover', patch.certificate?.thumbprint ?? null, { profile: current.profile.id });
    return patch;
  });
  engine.log.info('credential.handed-over', { credential: id, thumbprint: record.certificate?.thumbprint });
  return record;
}

/** Whether anything was taken from the tenant since then: a key credential or a permission that the word allowed to go. */
function hasRemoved({ trail }: Engine, { id }: CredentialRecord, since: string): boolean {
  const removals = new Set(['remove-key-credential', 'remove-permission', 'revoke-role']);
  return trail
    .writesTo(id)
    .some(({ change, at, detail }) => at >= since && (removals.has(change) || JSON.stringify(detail).includes('"remove-key-credential"')));
}

/**
 * Takes back a confirmation that was given by mistake, as long as nothing was removed because of it.
 *
 * @throws Fault input.credential.unknown, handover.nothing-to-undo, handover.already-used
 */
export function undoHandover(engine: Engine, idOrName: string): CredentialRecord {
  const { id } = engine.store.find(idOrName);
  const record = engine.store.change(id, (current) => {
    const { certificate, rotation, name, proof, custody } = current;
    if (certificate?.handover == null) throw new Fault('handover.nothing-to-undo', { params: { name } });
    if (hasRemoved(engine, current, certificate.handover.confirmedAt))
      throw new Fault('handover.already-used', { params: { name, thumbprint: certificate.thumbprint } });
    recordAct(engine, current, 'undo-handover', certificate.thumbprint);
    const timeline = rotation?.timeline.filter(({ state }) => state !== 'handed-over') ?? [];
    const before = proof?.state ?? (custody === 'external' ? 'set-up' : 'never-checked');
    return {
      ...withFacts(current, certificate.thumbprint, { handover: null }),
      ...(rotation === null ? {} : { rotation: { ...rotation, timeline } }),
      ...(current.state === 'confirmed' ? { state: before === 'confirmed' ? 'set-up' : before } : {}),
    };
  });
  engine.log.info('credential.handover-undone', { credential: id, thumbprint: record.certificate?.thumbprint });
  return record;
}

/**
 * Records the administrator's word that no other software uses the keys of this credential: a rotation then needs no handover,
 * and removes the old key credential by itself after the overlap. It can be said only of a key that was never given out, and the
 * export of a PFX takes it back; of the earlier certificates it is said of those whose keys were always here.
 *
 * @throws Fault input.credential.unknown, handover.no-certificate, handover.key-elsewhere, handover.key-shared
 */
export function markUsedHereOnly(engine: Engine, idOrName: string): CredentialRecord {
  const { id } = engine.store.find(idOrName);
  const record = engine.store.change(id, (current) => {
    const { name, certificate, custody } = current;
    if (custody === 'external') throw new Fault('handover.key-elsewhere', { params: { name } });
    if (certificate === null) throw new Fault('handover.no-certificate', { params: { name } });
    const { thumbprint, holder, otherHolders } = certificate;
    if (holder !== 'keyring' || otherHolders === 'possible') throw new Fault('handover.key-shared', { params: { name, thumbprint } });
    const alone = current.earlierCertificates.filter((each) => each.holder === 'keyring' && each.otherHolders === 'none');
    const earlier = alone.map((each) => each.thumbprint);
    recordAct(engine, current, 'mark-used-here-only', thumbprint, { earlier });
    const marked = earlier.reduce(
      (facts, each) => withFacts(facts, each, { usedHereOnly: true }),
      withFacts(current, thumbprint, { handover: null }),
    );
    return withFacts(marked, thumbprint, { usedHereOnly: true });
  });
  engine.log.info('credential.used-here-only', { credential: id, thumbprint: record.certificate?.thumbprint });
  return record;
}
