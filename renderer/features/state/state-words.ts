import type { Texts } from '../../bridge/translate.ts';
import type { RowFacts } from './row-facts.ts';

export interface StateWords {
  /** What is still open although nothing is wrong. */
  readonly tag: string | null;
  /** All of it, unabridged. */
  readonly whole: string;
}

function tagOf({ rotation, migration }: RowFacts['row'], notHandedOver: boolean, t: Texts['t']): string | null {
  const next = migration?.next ?? 'nothing';
  if (next !== 'begin' && next !== 'nothing') return t(`state.moving.${next}`);
  if (notHandedOver) return t('state.not-handed-over');
  return rotation?.next === 'remove' || rotation?.next === 'wait' ? t('state.old-to-remove') : null;
}

/** What is said beside a state; how long ago it was seen stands in the whole. */
export function stateWords({ row, notHandedOver }: RowFacts, now: number, { t, ago, date, dateTime }: Texts): StateWords {
  const { state, provenAt, handover } = row;
  const handedOver =
    handover === null ? null : t('handover.text', { by: handover.by, at: date(handover.confirmedAt), thumbprint: handover.thumbprint });
  const checked = provenAt === null ? null : `${t('manager.checked-at', { time: dateTime(provenAt) })} (${ago(provenAt, now)})`;
  const tag = tagOf(row, notHandedOver, t);
  const reason = row.reason === null ? '' : `: ${row.reason}`;
  return { tag, whole: [`${t(`state.${state}`)}${reason}`, checked, tag, handedOver].filter((each) => each !== null).join('\n') };
}
