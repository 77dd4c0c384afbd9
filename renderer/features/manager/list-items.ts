import type { ColumnId, OwnColumn } from './columns.ts';
import type { Mark, RowFacts } from './row-facts.ts';

export interface Sort {
  readonly by: ColumnId;
  readonly descending: boolean;
}

export interface ListView {
  readonly filter: string;
  readonly mark: Mark | null;
  readonly grouped: boolean;
  /** Keys of the groups whose rows are not shown. */
  readonly collapsed: ReadonlySet<string>;
}

export interface RowItem {
  readonly kind: 'row';
  readonly key: string;
  readonly facts: RowFacts;
}

export type ListItem =
  | RowItem
  | {
      readonly kind: 'group';
      readonly key: string;
      readonly name: string;
      readonly domain: string;
      readonly count: number;
      readonly collapsed: boolean;
    };

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

/** Text by the language's own order, numbers in it by value. */
const collatorOf = (language: string) => new Intl.Collator(language, { numeric: true, sensitivity: 'base' });

const isOwn = (id: ColumnId, own: Readonly<Record<OwnColumn, unknown>>): id is OwnColumn => Object.hasOwn(own, id);

/** How two rows compare by a column that is not the name; null where all are alike. */
function comparator(by: ColumnId, language: string): Compare | null {
  const { compare } = collatorOf(language);
  const keys: Readonly<Record<OwnColumn, Compare | null>> = {
    name: null,
    type: null,
    tenant: (a, b) => compare(a.tenant, b.tenant),
    client: (a, b) => compare(a.row.clientId ?? '', b.row.clientId ?? ''),
    certificate: (a, b) => compare(a.row.certificate?.thumbprint ?? '', b.row.certificate?.thumbprint ?? ''),
    expires: (a, b) => Number(end(a) > end(b)) - Number(end(a) < end(b)),
    state: (a, b) => stateOrder.indexOf(a.row.state) - stateOrder.indexOf(b.row.state),
  };
  // Rows without one come last.
  const annotated =
    (field: Exclude<ColumnId, OwnColumn>): Compare =>
    (a, b) =>
      Number(a.row[field] === '') - Number(b.row[field] === '') || compare(a.row[field], b.row[field]);
  return isOwn(by, keys) ? keys[by] : annotated(by);
}

/** All rows by name, of one name by id: the order that every other one falls back on. */
export function byName(all: readonly RowFacts[], language: string): RowItem[] {
  const { compare } = collatorOf(language);
  const facts = [...all].sort((a, b) => compare(a.row.name, b.row.name) || compare(a.row.id, b.row.id));
  return facts.map((each) => ({ kind: 'row', key: each.row.id, facts: each }));
}

/** The same rows in the order of a column. @param named as `byName` returns them: sorting keeps their order where a column says nothing */
export function sorted(named: readonly RowItem[], { by, descending }: Sort, language: string): readonly RowItem[] {
  const compare = comparator(by, language);
  const rows = compare === null ? named : [...named].sort((a, b) => compare(a.facts, b.facts));
  return descending ? rows.toReversed() : rows;
}

function matches({ filter, mark }: ListView): (item: RowItem) => boolean {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return ({ facts }) => (mark === null || facts.marks.includes(mark)) && words.every((word) => facts.searched.includes(word));
}

function grouped(rows: readonly RowItem[], collapsed: ReadonlySet<string>, language: string): ListItem[] {
  const groups = Map.groupBy(rows, ({ facts }) => facts.row.tenantId);
  const { compare } = collatorOf(language);
  const heads = [...groups].map(([tenantId, members]) => ({ key: `tenant:${tenantId}`, members, first: members[0]?.facts.row }));
  const label = (head: (typeof heads)[number]) => head.first?.tenantName || head.first?.tenantDomain || head.key;
  return heads
    .sort((a, b) => compare(label(a), label(b)))
    .flatMap((head): ListItem[] => {
      const closed = collapsed.has(head.key);
      const group: ListItem = {
        kind: 'group',
        key: head.key,
        name: label(head),
        domain: head.first?.tenantDomain ?? '',
        count: head.members.length,
        collapsed: closed,
      };
      return closed ? [group] : [group, ...head.members];
    });
}

/** What the list shows of rows in order: filtered, and under a line per tenant where that is wished. */
export function listItems(rows: readonly RowItem[], view: ListView, language: string): ListItem[] {
  const shown = rows.filter(matches(view));
  return view.grouped ? grouped(shown, view.collapsed, language) : shown;
}
