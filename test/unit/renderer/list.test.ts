import { describe, expect, it } from 'vitest';
import en from '../../../assets/i18n/en.json' with { type: 'json' };
import { createTexts } from '../../../renderer/bridge/translate.ts';
import { readFilter } from '../../../renderer/features/manager/filter.ts';
import { filterWords } from '../../../renderer/features/manager/filter-words.ts';
import { fittingColumns, offeredColumns } from '../../../renderer/features/manager/columns.ts';
import { byName, listItems, sorted, type ListView, type Sort } from '../../../renderer/features/manager/list-items.ts';
import { rowFacts } from '../../../renderer/features/state/row-facts.ts';
import { carryOver, noSelection, reach, tickAll, untick } from '../../../renderer/features/manager/selection.ts';
import { row, rows, today } from '../../host/fixtures.ts';

const facts = rows(10).map((each) => rowFacts(each, today.getTime()));
const words = filterWords(createTexts('en', en, ['en']));
const matching = (filter: string) => ({ matches: readFilter(filter, words).matches });
const view: ListView = { ...matching(''), marks: new Set(), grouping: 'none', collapsed: new Set() };
const itemsOf = (change: Partial<ListView>, sort: Sort = { by: 'name', descending: false }) =>
  listItems(sorted(byName(facts, 'en'), sort, 'en'), { ...view, ...change });
const shown = (change: Partial<ListView>, sort?: Sort) =>
  itemsOf(change, sort).map((item) => (item.kind === 'row' ? item.facts.row.name : `[${item.name} ${item.members.length}]`));
const one = (change: Parameters<typeof row>[0]) => rowFacts(row(change), today.getTime());

describe('what is worked out for a row', () => {
  it.each([
    [31, 'fine', []],
    [30, 'soon', ['expiring']],
    [0, 'soon', ['expiring']],
    [-1, 'expired', ['attention']],
    [null, 'none', ['unfinished']],
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
    expect(at(1092)).toEqual(['name', 'tenant', 'customer', 'client', 'certificate', 'expires', 'state']);
    expect(at(962)).toEqual(['name', 'tenant', 'customer', 'client', 'expires', 'state']);
    expect(at(598)).toEqual(['name', 'expires', 'state']);
    expect(at(10)).toEqual(['name', 'expires', 'state']);
    // What the person has made wide takes its room from the others.
    expect(fittingColumns(offered, { name: 700 }, 1500).map(({ id }) => id)).not.toContain('type');
  });

  it('both are found by the filter', () => {
    const found = (filter: string) => listItems(lines, { ...view, ...matching(filter) }).map(({ key }) => key);
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
    expect(listItems(named, { ...view, ...matching('archive') }).every((item) => item.kind === 'row' && named.includes(item))).toBe(true);
  });

  it('match when every word is found somewhere', () => {
    expect(shown(matching(' ARCHIVE  litware.com'))).toEqual(['Litware archive']);
    expect(shown(matching('archive litware.org'))).toEqual([]);
  });

  it('with any of the marks are shown, of those that the filter finds', () => {
    expect(shown({ marks: new Set(['attention']) })).toEqual(['Tailspin Toys']);
    expect(shown({ marks: new Set(['attention', 'expiring']) })).toEqual(['Fabrikam MailStore', 'Tailspin Toys', 'Tenant 0001 archive']);
    expect(shown({ marks: new Set(['attention', 'expiring']), ...matching('toys') })).toEqual(['Tailspin Toys']);
  });

  it('stand under their tenants, those of a closed one not at all', () => {
    const open = shown({ grouping: 'tenant', ...matching('tenant0.example') });
    expect(open).toEqual(['[Tenant0 3]', 'Tenant 0001 archive', 'Tenant 0002 archive', 'Tenant 0003 archive']);
    const key = itemsOf({ grouping: 'tenant', ...matching('tenant0.example') })[0]?.key ?? '';
    expect(shown({ grouping: 'tenant', ...matching('tenant0.example'), collapsed: new Set([key]) })).toEqual(['[Tenant0 3]']);
  });
});

describe('the order of urgency', () => {
  const sketches = [
    ['proven', 400, 'proven'],
    ['ends soon', 9, 'proven'],
    ['ends sooner', 3, 'proven'],
    ['expired', -2, 'proven'],
    ['attention', 300, 'needs-attention'],
    ['to confirm', 200, 'set-up'],
    ['waits', null, 'waiting-certificate'],
  ] as const;
  const urgent = sketches.map(([name, ends, state]) => one({ name, domain: `${name}.example`, ends, state }));

  it('has first what needs attention, then what ends soon, then what is unfinished, each by its end', () => {
    const names = sorted(byName(urgent, 'en'), { by: 'urgency', descending: false }, 'en').map(({ facts: { row: each } }) => each.name);
    expect(names).toEqual(['expired', 'attention', 'ends sooner', 'ends soon', 'to confirm', 'waits', 'proven']);
  });
});

describe('a group', () => {
  const ofCustomer = (name: string, customer: string, ends: number, state: Parameters<typeof row>[0]['state']) =>
    rowFacts({ ...row({ name, domain: `${name}.example`, ends, state }), customer }, today.getTime());
  const some = [
    ofCustomer('Berlin', 'Adatum', 200, 'set-up'),
    ofCustomer('Paris', 'Adatum', 20, 'proven'),
    ofCustomer('London', 'Adatum', 300, 'proven'),
    ofCustomer('Alone', 'Contoso', 400, 'proven'),
    ofCustomer('Nobody’s', '', 500, 'proven'),
    ofCustomer('Nobody’s either', '', 500, 'proven'),
  ];
  const grouped = (change: Partial<ListView> = {}) =>
    listItems(sorted(byName(some, 'en'), { by: 'urgency', descending: false }, 'en'), { ...view, grouping: 'customer', ...change });

  it('is made of several credentials of a customer, and stands where the first of them would; one alone is a row', () => {
    expect(grouped().map((item) => (item.kind === 'group' ? `[${item.name}]` : item.facts.row.name))).toEqual([
      '[Adatum]',
      'Paris',
      'Berlin',
      'London',
      'Alone',
      'Nobody’s',
      'Nobody’s either',
    ]);
  });

  it('says the worst state and the next end of what is in it, closed too', () => {
    const [group] = grouped({ collapsed: new Set(['group:Adatum']) });
    if (group?.kind !== 'group') throw new Error('no group');
    expect(group.next?.row.name).toBe('Paris');
    expect(group.worst.row.name).toBe('Berlin');
    expect(group.mark).toEqual({ mark: 'unfinished', count: 1 });
    expect(grouped({ collapsed: new Set(['group:Adatum']) })).toHaveLength(4);
  });

  it('speaks only of the rows that fit', () => {
    const [group] = grouped({ marks: new Set(['unfinished']) });
    expect(group).toMatchObject({ kind: 'row', facts: { row: { name: 'Berlin' } } });
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
    expect(reach(noSelection, 'group:1', 'only', order)).toEqual({
      selected: new Set(),
      active: 'group:1',
      anchor: 'group:1',
      ticked: false,
    });
    expect(reach(noSelection, 'group:1', 'toggle', order).selected.size).toBe(0);
  });

  it('is not ticked by going to a row; a checkbox ticks its row alone, then others too', () => {
    const at = reach(noSelection, 'b', 'only', order);
    expect(at.ticked).toBe(false);
    const box = reach(at, 'd', 'tick', order);
    expect([of(box.selected), box.ticked]).toEqual(['d', true]);
    const two = reach(box, 'a', 'tick', order);
    expect(of(two.selected)).toBe('da');
    const none = reach(reach(two, 'a', 'tick', order), 'd', 'tick', order);
    expect([none.selected.size, none.ticked]).toEqual([0, false]);
    // With Ctrl as in Windows: the row that was gone to counts too.
    const both = reach(at, 'd', 'toggle', order);
    expect([of(both.selected), both.ticked]).toEqual(['bd', true]);
    expect(reach(at, 'b', 'toggle', order)).toMatchObject({ selected: new Set(['b']), ticked: true });
  });

  it('of a group is ticked and let go of together', () => {
    const some = reach(noSelection, 'b', 'tick', order);
    const all = tickAll(some, ['a', 'b']);
    expect(of(all.selected)).toBe('ba');
    expect(tickAll(all, ['a', 'b']).ticked).toBe(false);
    expect(untick(all, order)).toMatchObject({ selected: new Set(['b']), active: 'b', ticked: false });
  });

  it('lets go of what has gone and puts the focus where it stood', () => {
    const carried = carryOver({ selected: new Set(['b', 'd']), active: 'b', anchor: 'b', ticked: false }, order, ['a', 'c', 'd']);
    expect(carried).toEqual({ selected: new Set(['d']), active: 'c', anchor: 'c', ticked: false });
    expect(carryOver({ selected: new Set(['d']), active: 'd', anchor: 'd', ticked: false }, order, ['a']).active).toBe('a');
    expect(carryOver({ selected: new Set(['d']), active: 'd', anchor: 'd', ticked: false }, order, []).active).toBeNull();
  });

  it('keeps what a closed group hides', () => {
    const ticks = tickAll(noSelection, ['a', 'b']);
    expect(of(carryOver(ticks, order, ['group:1', 'c', 'd'], new Set(order)).selected)).toBe('ab');
  });

  it('is the same object while nothing is lost', () => {
    const selection = reach(noSelection, 'b', 'only', order);
    expect(carryOver(selection, order, ['b', 'a'])).toBe(selection);
  });
});
