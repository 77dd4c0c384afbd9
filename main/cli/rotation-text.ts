import type { RotationReport } from '../registration/rotate/rotate.ts';
import { retirableFrom } from '../registration/rotate/retirable.ts';
import { isHandOverPending, isOpen, reachedAt } from '../registration/rotate/timeline.ts';
import type { Texts } from '../texts/index.ts';
import type { CredentialRecord } from '../vault/credential.ts';

/** What is still to do, in one sentence; empty where nothing is. */
export function nextStepText(record: CredentialRecord, texts: Texts): string {
  const { t } = texts;
  const { name, rotation } = record;
  if (rotation !== null && reachedAt(rotation, 'rolled-back') !== null) return t('rotate.next.rolled-back', { name });
  if (isHandOverPending(record)) return t('rotate.next.hand-over', { name });
  const until = isOpen(record) ? retirableFrom(record) : null;
  return until === null ? '' : t('rotate.next.overlap', { until: texts.date(new Date(until)) });
}

/** The timeline of the latest rotation, and what is next. */
export function rotationText({ timeline }: RotationReport, record: CredentialRecord, texts: Texts): string {
  const { t } = texts;
  if (timeline.length === 0) return '';
  const steps = timeline.map(({ state, at }) => `  ${at.slice(0, 16).replace('T', ' ')}Z  ${t(`rotation.${state}`)}`);
  const pfx = record.rotation?.pfx ?? null;
  const next = nextStepText(record, texts);
  return `${['', t('rotate.timeline'), ...steps, ...(pfx === null ? [] : [t('rotate.pfx', { path: pfx })]), ...(next === '' ? [] : [next])].join('\n')}\n`;
}
