import { describe, expect, it } from 'vitest';
import { fittingColumns, offeredColumns } from '../../../renderer/features/manager/columns.ts';
import { byName, listItems, sorted, type ListView, type Sort } from '../../../renderer/features/manager/list-items.ts';
import { rowFacts } from '../../../renderer/features/manager/row-facts.ts';
import { carryOver, noSelection, reach } from '../../../renderer/features/manager/selection.ts';
import { row, rows, today } from '../../host/fixtures.ts';

const facts = rows(10).map((each) => rowFacts(each, today.getTime()));
const view: ListView = { filter: '', mark: null, grouped: false, collapsed: new Set() };
const itemsOf = (change: Partial<ListView>, sort: Sort = { by: 'name', descending: false }) =>
  listItems(sorted(byName(facts, 'en'), sort, 'en'), { ...view, ...change }, 'en');
const shown = (change: Partial<ListView>, sort?: Sort) =>
  itemsOf(change, sort).map((item) => (item.kind === 'row' ? item.facts.row.name : `[${item.name} ${item.count}]`));
const one = (change: Parameters<typeof row>[0]) => rowFacts(row(change), today.getTime());

describe('what is worked out for a row', () => {
  it.each([
    [31, 'fine', []],
    [30, 'soon', ['expiring']],
    [0, 'soon', ['expiring']],
    [-1, 'expired', ['expired']],
    [null, 'none', []],
  ] as const)('a certificate that ends in %s days is %s', (ends, expiry, marks) => {
    const { expiry: found, marks: all } = one({ name: 'a', domain: 'a.example', ends, state: 'never-checked' });
    expect([found, all]).toEqual([expiry, marks]);
  });

  it('is not handed over until exactly this certificate was confirmed', () => {
    const proven = row({ name: 'a', domain: 'a.example', ends: 100, state: 'proven' });
    const confirmed = proven.handover;
    expect(rowFacts(proven, 0).notHandedOver).toBe(false);
    expect(rowFacts({ ...proven, handover: null }, 0).notHandedOver).toBe(true);
    expect(rowFacts({ ...proven, handover: confirmed && { ...confirmed, thumbprint: 'of the certificate before' } }, 0).notHandedOver).toBe(
      true,
    );
    expect(rowFacts({ ...proven, handover: null, custody: 'external' }, 0).notHandedOver).toBe(false);
  });
});

describe('customer and notes', () => {
  const annotations = [
    { field: 'customer', label: 'Customer', lines: 'one', column: true, search: true },
    { field: 'notes', label: 'Notes', lines: 'several', column: false, search: true },
  ] as const;
  const some = rows(3).map((each, index) => ({
    ...each,
    customer: ['', 'Beta', 'Alpha'][index] ?? '',
    notes: index === 0 ? 'Call back' : '',
  }));
  const ids = (all: Parameters<typeof offeredColumns>[1]) => offeredColumns([...annotations], all).map(({ id }) => id);
  const lines = byName(
    some.map((each) => rowFacts(each, today.getTime(), [...annotations])),
    'en',
  );

  it('the customer is a column as soon as one is set, notes never are', () => {
    expect(ids(rows(3))).not.toContain('customer');
    expect(ids(some)).toEqual(expect.arrayContaining(['customer']));
    expect(ids(some)).not.toContain('notes');
  });

  it('columns give way in their order where there is no room; name, end and state never do', () => {
    const offered = offeredColumns([...annotations], some);
    const at = (width: number) => fittingColumns(offered, {}, width).map(({ id }) => id);
    expect(at(2000)).toEqual(['name', 'type', 'tenant', 'customer', 'client', 'certificate', 'expires', 'state']);
    expect(at(1060)).toEqual(['name', 'tenant', 'customer', 'client', 'certificate', 'expires', 'state']);
    expect(at(930)).toEqual(['name', 'tenant', 'customer', 'client', 'expires', 'state']);
    expect(at(598)).toEqual(['name', 'expires', 'state']);
    expect(at(10)).toEqual(['name', 'expires', 'state']);
    // What the person has made wide takes its room from the others.
    expect(fittingColumns(offered, { name: 700 }, 1500).map(({ id }) => id)).not.toContain('type');
  });

  it('both are found by the filter', () => {
    const found = (filter: string) => listItems(lines, { ...view, filter }, 'en').map(({ key }) => key);
    expect(found('beta')).toEqual([some[1]?.id]);
    expect(found('call back')).toEqual([some[0]?.id]);
  });

  it('the list is ordered by customer, those without one last', () => {
    expect(sorted(lines, { by: 'customer', descending: false }, 'en').map(({ facts: { row: each } }) => each.customer)).toEqual([
      'Alpha',
      'Beta',
      '',
    ]);
  });
});

describe('the lines of the list', () => {
  it('come in order of time, those without a certificate last', () => {
    const names = shown({}, { by: 'expires', descending: false });
    expect(names[0]).toBe('Tailspin Toys');
    expect(names.at(-1)).toBe('Proseware');
    expect(shown({}, { by: 'expires', descending: true })).toEqual(names.toReversed());
  });

  it('come with what needs a look first when sorted by state', () => {
    expect(shown({}, { by: 'state', descending: false })[0]).toBe('Tailspin Toys');
  });

  it('come by name where a column says nothing of two rows', () => {
    const states = sorted(byName(facts, 'en'), { by: 'state', descending: false }, 'en');
    for (const [index, { facts: after }] of states.entries()) {
      const before = states[index - 1]?.facts;
      if (before?.row.state === after.row.state)
        expect(before.row.name.localeCompare(after.row.name, 'en', { numeric: true })).toBeLessThanOrEqual(0);
    }
    expect(shown({}, { by: 'type', descending: false })).toEqual(shown({}));
  });

  it('of one name come in the order of their ids, whatever order they were read in', () => {
    const same = one({ name: 'Archive', domain: 'a.example', ends: 100, state: 'proven' });
    const named = ['c', 'a', 'b'].map((id) => ({ ...same, row: { ...same.row, id } }));
    expect(byName(named, 'en').map(({ key }) => key)).toEqual(['a', 'b', 'c']);
    expect(byName(named.toReversed(), 'en').map(({ key }) => key)).toEqual(['a', 'b', 'c']);
  });

  it('are the same objects whatever is typed, so that no row is drawn again for it', () => {
    const named = byName(facts, 'en');
    expect(listItems(named, { ...view, filter: 'archive' }, 'en').every((item) => item.kind === 'row' && named.includes(item))).toBe(true);
  });

  it('match when every word is found somewhere', () => {
    expect(shown({ filter: ' ARCHIVE  litware.com' })).toEqual(['Litware archive']);
    expect(shown({ filter: 'archive litware.org' })).toEqual([]);
    expect(shown({ mark: 'waiting' })).toEqual(['Proseware']);
  });

  it('stand under their tenants, those of a closed one not at all', () => {
    const open = shown({ grouped: true, filter: 'tenant0.example' });
    expect(open).toEqual(['[Tenant0 3]', 'Tenant 0001 archive', 'Tenant 0002 archive', 'Tenant 0003 archive']);
    const key = itemsOf({ grouped: true, filter: 'tenant0.example' })[0]?.key ?? '';
    expect(shown({ grouped: true, filter: 'tenant0.example', collapsed: new Set([key]) })).toEqual(['[Tenant0 3]']);
  });
});

describe('the selection', () => {
  const order = ['a', 'b', 'c', 'd'];
  const of = (keys: Iterable<string>) => [...keys].join('');

  it('reaches from the anchor either way', () => {
    const at = reach(noSelection, 'c', 'only', order);
    const down = reach(at, 'd', 'range', order);
    expect(of(down.selected)).toBe('cd');
    expect(of(reach(down, 'a', 'range', order).selected)).toBe('abc');
  });

  it('never holds what cannot be selected', () => {
    expect(reach(noSelection, 'tenant:1', 'only', order)).toEqual({ selected: new Set(), active: 'tenant:1', anchor: 'tenant:1' });
    expect(reach(noSelection, 'tenant:1', 'toggle', order).selected.size).toBe(0);
  });

  it('lets go of what has gone and puts the focus where it stood', () => {
    const carried = carryOver({ selected: new Set(['b', 'd']), active: 'b', anchor: 'b' }, order, ['a', 'c', 'd']);
    expect(carried).toEqual({ selected: new Set(['d']), active: 'c', anchor: 'c' });
    expect(carryOver({ selected: new Set(['d']), active: 'd', anchor: 'd' }, order, ['a']).active).toBe('a');
    expect(carryOver({ selected: new Set(['d']), active: 'd', anchor: 'd' }, order, []).active).toBeNull();
  });

  it('is the same object while nothing is lost', () => {
    const selection = reach(noSelection, 'b', 'only', order);
    expect(carryOver(selection, order, ['b', 'a'])).toBe(selection);
  });
});
