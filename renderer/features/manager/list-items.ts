import type { ColumnId, OwnColumn } from './columns.ts';
import { marks, type Mark, type RowFacts } from '../state/index.ts';

/** By a column, or by what is to be done first. */
export interface Sort {
  readonly by: ColumnId | 'urgency';
  readonly descending: boolean;
}

/** Whose credentials stand together. */
export type Grouping = 'none' | 'customer' | 'tenant';

export interface ListView {
  /** Whether a row is what the filter asks for. */
  readonly matches: (facts: RowFacts) => boolean;
  /** Rows with any of them; all rows where there are none. */
  readonly marks: ReadonlySet<Mark>;
  readonly grouping: Grouping;
  /** Keys of the groups whose rows are not shown. */
  readonly collapsed: ReadonlySet<string>;
}

export interface RowItem {
  readonly kind: 'row';
  readonly key: string;
  readonly facts: RowFacts;
}

/** The head of a group; what it says of its rows holds for those that are closed away too. */
export interface GroupItem {
  readonly kind: 'group';
  readonly key: string;
  readonly name: string;
  /** Keys of its rows. */
  readonly members: readonly string[];
  /** The row whose certificate ends next; null where none has one. */
  readonly next: RowFacts | null;
  /** The row in the worst state. */
  readonly worst: RowFacts;
  /** What its states ask for, and in how many rows; null where they ask for nothing. */
  readonly mark: { readonly mark: Exclude<Mark, 'expiring'>; readonly count: number } | null;
  readonly collapsed: boolean;
}

export type ListItem = RowItem | GroupItem;

/** Keys of groups, which no credential’s id begins with. */
export const isGroupKey = (key: string): boolean => key.startsWith('group:');

/** States from what needs a look to what does not. */
const stateOrder = [
  'needs-attention',
  'waiting-certificate',
  'waiting-consent',
  'waiting-replication',
  'never-checked',
  'set-up',
  'confirmed',
  'proven',
] as const;

type Compare = (a: RowFacts, b: RowFacts) => number;

/** ISO 8601 in UTC: the order of the text is the order of time; without a certificate last. */
const end = ({ row }: RowFacts) => row.certificate?.notAfter ?? '~';

const byEnd: Compare = (a, b) => Number(end(a) > end(b)) - Number(end(a) < end(b));
const byState: Compare = (a, b) => stateOrder.indexOf(a.row.state) - stateOrder.indexOf(b.row.state);

/** What needs attention, what ends soon, what is unfinished, then the rest; each by its end. */
const urgency = ({ marks: [first] }: RowFacts) => (first === undefined ? marks.length : marks.indexOf(first));
const byUrgency: Compare = (a, b) => urgency(a) - urgency(b) || byEnd(a, b);

/** Text by the language's own order, numbers in it by value. */
const collatorOf = (language: string) => new Intl.Collator(language, { numeric: true, sensitivity: 'base' });

type Key = OwnColumn | 'urgency';
const isKey = (by: Sort['by'], keys: Readonly<Record<Key, unknown>>): by is Key => Object.hasOwn(keys, by);

/** How two rows compare by a column that is not the name; null where all are alike. */
function comparator(by: Sort['by'], language: string): Compare | null {
  const { compare } = collatorOf(language);
  const keys: Readonly<Record<Key, Compare | null>> = {
    name: null,
    type: null,
    tenant: (a, b) => compare(a.tenant, b.tenant),
    client: (a, b) => compare(a.row.clientId ?? '', b.row.clientId ?? ''),
    certificate: (a, b) => compare(a.row.certificate?.thumbprint ?? '', b.row.certificate?.thumbprint ?? ''),
    expires: byEnd,
    state: byState,
    urgency: byUrgency,
  };
  // Rows without one come last.
  const annotated =
    (field: Exclude<ColumnId, OwnColumn>): Compare =>
    (a, b) =>
      Number(a.row[field] === '') - Number(b.row[field] === '') || compare(a.row[field], b.row[field]);
  return isKey(by, keys) ? keys[by] : annotated(by);
}

/** All rows by name, of one name by id: the order that every other one falls back on. */
export function byName(all: readonly RowFacts[], language: string): RowItem[] {
  const { compare } = collatorOf(language);
  const facts = [...all].sort((a, b) => compare(a.row.name, b.row.name) || compare(a.row.id, b.row.id));
  return facts.map((each) => ({ kind: 'row', key: each.row.id, facts: each }));
}

/** The same rows in another order. @param named as `byName` returns them: sorting keeps their order where a column says nothing */
export function sorted(named: readonly RowItem[], { by, descending }: Sort, language: string): readonly RowItem[] {
  const compare = comparator(by, language);
  const rows = compare === null ? named : [...named].sort((a, b) => compare(a.facts, b.facts));
  return descending ? rows.toReversed() : rows;
}

const first = (all: readonly RowFacts[], compare: Compare): RowFacts | undefined => all.toSorted(compare)[0];

function groupOf(key: string, members: readonly RowItem[], grouping: Grouping, collapsed: boolean): GroupItem | null {
  const facts = members.map((each) => each.facts);
  const worst = first(facts, byState);
  if (worst === undefined) return null;
  const { customer, tenantName, tenantDomain } = worst.row;
  const mark = (['attention', 'unfinished'] as const).find((each) => facts.some((row) => row.marks.includes(each))) ?? null;
  return {
    kind: 'group',
    key,
    name: grouping === 'customer' ? customer : tenantName || tenantDomain || worst.tenant,
    members: members.map((each) => each.key),
    next:
      first(
        facts.filter(({ row }) => row.certificate !== null),
        byEnd,
      ) ?? null,
    worst,
    mark: mark === null ? null : { mark, count: facts.filter((row) => row.marks.includes(mark)).length },
    collapsed,
  };
}

/** A group stands where the first of its rows would stand; of what is alone, no group is made. */
function grouped(rows: readonly RowItem[], grouping: Exclude<Grouping, 'none'>, collapsed: ReadonlySet<string>): ListItem[] {
  const groupKey = ({ key, facts: { row } }: RowItem) => {
    const together = grouping === 'customer' ? row.customer : row.tenantId;
    return together === '' ? key : `group:${together}`;
  };
  return [...Map.groupBy(rows, groupKey)].flatMap(([key, members]): readonly ListItem[] => {
    const group = members.length === 1 ? null : groupOf(key, members, grouping, collapsed.has(key));
    if (group === null) return members;
    return group.collapsed ? [group] : [group, ...members];
  });
}

/** What the list shows of rows in order: filtered, and under a line per customer or tenant where that is wished. */
export function listItems(rows: readonly RowItem[], { matches, marks: wanted, grouping, collapsed }: ListView): readonly ListItem[] {
  const shown = rows.filter(({ facts }) => (wanted.size === 0 || facts.marks.some((mark) => wanted.has(mark))) && matches(facts));
  return grouping === 'none' ? shown : grouped(shown, grouping, collapsed);
}
