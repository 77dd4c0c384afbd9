import { predecessorRetirableFrom } from '../registration/certificates/retirable.ts';
import { handoverOf } from '../credential/index.ts';
import { awaitsServer, isHandoverPending, isOpen, isRemovalPending, reachedAt } from '../registration/certificates/timeline.ts';
import type { Texts } from '../texts/index.ts';
import type { CredentialRecord } from '../credential/record.ts';

/** What is still to do, in words; empty where nothing is. */
export function nextStepText(record: CredentialRecord, texts: Texts): string {
  const { t } = texts;
  const { name, rotation, earlierCertificates } = record;
  if (isHandoverPending(record))
    return awaitsServer(record)
      ? t('rotate.next.server-run', { server: handoverOf(record)?.server?.name ?? '' })
      : t('rotate.next.handover', { name });
  if (isRemovalPending(record)) return t('rotate.next.removing', { name });
  const back = rotation !== null && reachedAt(rotation, 'rolled-back') !== null;
  if (earlierCertificates.length === 0 || !(back || isOpen(record))) return '';
  const until = predecessorRetirableFrom(record);
  const next =
    until === null
      ? back
        ? t('rotate.next.rolled-back', { name })
        : ''
      : t(back ? 'rotate.next.overlap-back' : 'rotate.next.overlap', { until: texts.date(new Date(until)) });
  // Microsoft removes a key credential by this id alone, where the application cannot be read.
  const unnamed =
    record.custody === 'keyring' && earlierCertificates.some(({ keyId }) => keyId === null) ? t('rotate.next.unnamed', { name }) : '';
  return [next, unnamed].filter((sentence) => sentence !== '').join(' ');
}

/** The timeline of the latest rotation, and what is next; empty where there was none. */
export function rotationText(record: CredentialRecord, texts: Texts): string {
  const { t } = texts;
  const { rotation } = record;
  if (rotation === null) return '';
  const steps = rotation.timeline.map(({ state, at }) => `  ${at.slice(0, 16).replace('T', ' ')}Z  ${t(`rotation.${state}`)}`);
  const { pfx } = rotation;
  const next = nextStepText(record, texts);
  return `${['', t('rotate.timeline'), ...steps, ...(pfx === null ? [] : [t('rotate.pfx', { path: pfx })]), ...(next === '' ? [] : [next])].join('\n')}\n`;
}
