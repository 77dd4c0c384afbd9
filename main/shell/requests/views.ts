import type { CredentialRow, ReportView } from '../../../preload/contract.ts';
import type { AuditEntry } from '../../audit/index.ts';
import { checkTitle } from '../../registration/verify/checks/index.ts';
import { attentionReason } from '../../registration/verify/reason.ts';
import type { Report } from '../../registration/run/report.ts';
import type { Engine } from '../../registration/engine.ts';
import { credentialView, isUsedHereOnly, usableUntil, type CredentialRecord } from '../../credential/index.ts';
import { stepText } from '../../servers/index.ts';
import type { Texts } from '../../texts/index.ts';
import { certificateFacts } from './certificate-facts.ts';
import { migrationView } from './migration-view.ts';
import { rotationView } from './rotation-view.ts';
import { sheetView } from './sheet-view.ts';

/** @param registrationDeleted whether its registration was deleted with it */
export function credentialRow(
  record: CredentialRecord,
  { clock, texts, linkedServers }: Pick<Engine, 'clock' | 'texts' | 'linkedServers'>,
  registrationDeleted = false,
): CredentialRow {
  const { type: _type, objectId: _objectId, servicePrincipalId: _servicePrincipalId, ...shown } = credentialView(record);
  const link = linkedServers.of(record.id);
  const migration = migrationView(record, texts);
  return {
    ...shown,
    ...(link === null ? {} : { inServer: { id: link.server.id, name: link.server.name, instance: link.instance } }),
    certificate:
      record.certificate === null ? null : certificateFacts({ ...record.certificate, notAfter: usableUntil(record.certificate) }),
    reason: attentionReason(record, texts),
    provenAt: record.proof?.at ?? null,
    rotation: rotationView(record, clock.now()),
    ...(migration === undefined ? {} : { migration }),
    sheet: sheetView(record),
    usedHereOnly: isUsedHereOnly(record),
    adopted: record.adopted,
    deletedAt: record.deletedAt,
    registrationDeleted,
  };
}

/** A report of the engine with the whole row, and the names of the checks in the window's language. */
export function reportView(
  { credential, plan, findings, proof }: Report,
  { store, ...engine }: Pick<Engine, 'store' | 'texts' | 'clock' | 'linkedServers'>,
): ReportView {
  const { texts } = engine;
  const record = store.get(credential.id);
  if (record === null) throw new Error(`report on ${credential.id}, which is not stored`);
  const named = proof?.checks.map(({ check, result, evidence, code }) => {
    // Beside the words of the evidence: both certificates as data, which the command line's document does not carry.
    const stored = record.proof?.checks.find((each) => each.check === check);
    const compared = stored?.compared;
    const passedAt = result === 'not-testable' ? stored?.passedAt : undefined;
    return {
      check,
      name: checkTitle(check, texts),
      result,
      evidence,
      ...(compared === undefined ? {} : { compared }),
      ...(passedAt === undefined ? {} : { passedAt }),
      ...(code?.startsWith('fault.') === true ? { fault: code.slice('fault.'.length) } : {}),
    };
  });
  return {
    credential: credentialRow(record, engine),
    plan: [...plan],
    findings: [...findings],
    proof: proof === undefined || named === undefined ? null : { ok: proof.ok, state: proof.state, checks: named },
  };
}

/** `names` by credential id; an id that is in no list any more stands for itself. */
export function auditLine(
  { at, actor, phase, step, change, target, credentialId }: AuditEntry,
  names: ReadonlyMap<string, string>,
  texts: Texts,
) {
  return {
    at,
    actor,
    phase,
    step: step === null ? null : stepText(step, texts),
    change,
    target,
    credential: names.get(credentialId) ?? credentialId,
  };
}
