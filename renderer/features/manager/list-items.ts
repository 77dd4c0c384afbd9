import type { ColumnId } from './columns.ts';
import type { Mark, RowFacts } from './row-facts.ts';

export interface Sort {
  readonly by: ColumnId;
  readonly descending: boolean;
}

export interface ListView {
  readonly filter: string;
  readonly mark: Mark | null;
  readonly sort: Sort;
  readonly grouped: boolean;
  /** Keys of the groups whose rows are not shown. */
  readonly collapsed: ReadonlySet<string>;
}

export type ListItem =
  | { readonly kind: 'row'; readonly key: string; readonly facts: RowFacts }
  | { readonly kind: 'group'; readonly key: string; readonly name: string; readonly domain: string; readonly count: number; readonly collapsed: boolean };

/** States from what needs a look to what does not. */
const stateOrder = ['needs-attention', 'waiting-certificate', 'waiting-consent', 'waiting-replication', 'never-checked', 'set-up', 'confirmed', 'proven'] as const;

type Compare = (a: RowFacts, b: RowFacts) => number;

/** ISO 8601 in UTC: the order of the text is the order of time; without a certificate last. */
const end = ({ row }: RowFacts) => row.certificate?.notAfter ?? '~';

/** How two rows compare by a column; text by the language's own order, numbers in it by value. */
export function comparator(by: ColumnId, language: string): Compare {
  const { compare } = new Intl.Collator(language, { numeric: true, sensitivity: 'base' });
  const byName: Compare = (a, b) => compare(a.row.name, b.row.name) || compare(a.row.id, b.row.id);
  const keys: Readonly<Record<ColumnId, Compare>> = {
    name: () => 0,
    type: () => 0,
    tenant: (a, b) => compare(a.tenant, b.tenant),
    client: (a, b) => compare(a.row.clientId ?? '', b.row.clientId ?? ''),
    certificate: (a, b) => compare(a.row.certificate?.thumbprint ?? '', b.row.certificate?.thumbprint ?? ''),
    expires: (a, b) => Number(end(a) > end(b)) - Number(end(a) < end(b)),
    state: (a, b) => stateOrder.indexOf(a.row.state) - stateOrder.indexOf(b.row.state),
  };
  return (a, b) => keys[by](a, b) || byName(a, b);
}

function matches({ filter, mark }: ListView): (facts: RowFacts) => boolean {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return (facts) => (mark === null || facts.marks.includes(mark)) && words.every((word) => facts.searched.includes(word));
}

function grouped(rows: readonly RowFacts[], collapsed: ReadonlySet<string>, language: string): ListItem[] {
  const groups = Map.groupBy(rows, (facts) => facts.row.tenantId);
  const { compare } = new Intl.Collator(language, { numeric: true, sensitivity: 'base' });
  const heads = [...groups].map(([tenantId, members]) => ({ key: `tenant:${tenantId}`, members, first: members[0]?.row }));
  const label = (head: (typeof heads)[number]) => head.first?.tenantName || head.first?.tenantDomain || head.key;
  return heads
    .sort((a, b) => compare(label(a), label(b)))
    .flatMap((head): ListItem[] => {
      const closed = collapsed.has(head.key);
      const group: ListItem = { kind: 'group', key: head.key, name: label(head), domain: head.first?.tenantDomain ?? '', count: head.members.length, collapsed: closed };
      return closed ? [group] : [group, ...head.members.map(asItem)];
    });
}

const asItem = (facts: RowFacts): ListItem => ({ kind: 'row', key: facts.row.id, facts });

/** What the list shows, in order: filtered, sorted, and under a line per tenant where that is wished. */
export function listItems(all: readonly RowFacts[], view: ListView, language: string): ListItem[] {
  const compare = comparator(view.sort.by, language);
  const rows = all.filter(matches(view)).sort(view.sort.descending ? (a, b) => compare(b, a) : compare);
  return view.grouped ? grouped(rows, view.collapsed, language) : rows.map(asItem);
}
