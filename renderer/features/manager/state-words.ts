import type { Texts } from '../../app/texts.tsx';
import type { RowFacts } from './row-facts.ts';

export interface StateWords {
  /** When it was proven or confirmed last. */
  readonly when: string | null;
  /** What is still open although nothing is wrong. */
  readonly tag: string | null;
  /** All of it, unabridged. */
  readonly whole: string;
}

/** What is said beside a state. */
export function stateWords({ row, notHandedOver }: RowFacts, now: number, { t, ago, date, dateTime }: Texts): StateWords {
  const { state, provenAt, handover } = row;
  const handedOver =
    handover === null ? null : t('handover.text', { by: handover.by, at: date(handover.confirmedAt), thumbprint: handover.thumbprint });
  const checked = provenAt === null ? null : t('manager.checked-at', { time: dateTime(provenAt) });
  const tag = notHandedOver ? t('state.not-handed-over') : null;
  const moment = state === 'confirmed' ? handover?.confirmedAt : provenAt;
  const when = moment === null || moment === undefined || state === 'never-checked' ? null : ago(moment, now);
  return { when, tag, whole: [t(`state.${state}`), checked, tag, handedOver].filter((each) => each !== null).join('\n') };
}
