import type { CredentialRow } from '../../../preload/contract.ts';
import type { TextKey } from '../../bridge/catalogue.ts';
import type { Texts } from '../../bridge/translate.ts';
import { filterFields, type FilterField, type FilterWords } from './filter.ts';
import { folded, marks, type Mark } from '../state/index.ts';

type State = CredentialRow['state'];

const states: readonly State[] = [
  'proven',
  'set-up',
  'confirmed',
  'waiting-certificate',
  'waiting-consent',
  'waiting-replication',
  'needs-attention',
  'never-checked',
];

const markWords: Readonly<Record<Mark, TextKey>> = {
  attention: 'manager.filter.word.attention',
  expiring: 'manager.filter.word.expiring',
  unfinished: 'manager.filter.word.unfinished',
};

const english: readonly (readonly [string, number])[] = [
  ['', 1],
  ['d', 1],
  ['w', 7],
  ['m', 30],
  ['y', 365],
];

/** The words of the filter in the window’s language; those of English hold as well. */
export function filterWords({ t }: Pick<Texts, 't'>): FilterWords {
  const own = t('manager.filter.units').split(' ');
  const named = (field: FilterField): (readonly [string, FilterField])[] => [
    [field, field],
    [folded(t(`manager.filter.word.${field}`)), field],
  ];
  const ofState = new Map(states.map((state) => [state, [state, folded(t(`state.${state}`))]]));
  const ofMark = new Map(marks.map((mark) => [mark, [mark, folded(t(markWords[mark]))]]));
  return {
    fields: new Map(filterFields.flatMap(named)),
    units: new Map([...english, ...own.map((letter, index) => [letter, english[index + 1]?.[1] ?? 1] as const)]),
    expired: ['expired', folded(t('manager.filter.word.expired'))],
    states: [...ofState.values(), ...ofMark.values()].flat(),
    statesOf: ({ row, marks: its }) => [...(ofState.get(row.state) ?? []), ...its.flatMap((mark) => ofMark.get(mark) ?? [])],
  };
}
