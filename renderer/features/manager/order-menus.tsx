import { Menu, MenuButton, MenuItemRadio, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { ArrowSortRegular, GroupListRegular } from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import { useTexts } from '../../bridge/texts.tsx';
import type { Column } from './columns.ts';
import type { Grouping, Sort } from './list-items.ts';

interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
}

interface ChoiceMenuProps<T extends string> {
  readonly name: string;
  readonly icon: ReactElement;
  /** What it says with words beside its sign. */
  readonly said: string;
  readonly words: boolean;
  readonly value: T;
  readonly choices: readonly Choice<T>[];
  readonly onChoice: (value: T) => void;
}

/** One of several, behind a button that says which one it is. */
function ChoiceMenu<T extends string>({ name, icon, said, words, value, choices, onChoice }: ChoiceMenuProps<T>) {
  return (
    <Menu
      checkedValues={{ [name]: [value] }}
      onCheckedValueChange={(_, { checkedItems: [chosen] }) => {
        const choice = choices.find((each) => each.value === chosen);
        if (choice !== undefined) onChoice(choice.value);
      }}
    >
      <MenuTrigger disableButtonEnhancement>
        <MenuButton size="small" appearance="subtle" icon={icon} data-choice={name} {...(words ? {} : { title: said, 'aria-label': said })}>
          {words ? said : null}
        </MenuButton>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {choices.map((choice) => (
            <MenuItemRadio key={choice.value} name={name} value={choice.value}>
              {choice.label}
            </MenuItemRadio>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

export interface OrderMenusProps {
  readonly columns: readonly Column[];
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly grouping: Grouping;
  /** Whether some credential has a customer. */
  readonly customers: boolean;
  readonly onGrouping: (grouping: Grouping) => void;
  readonly words: boolean;
}

/** The order of the list and whose credentials stand together. The heads of the columns sort too; for urgency there is no column. */
export function OrderMenus({ columns, sort, onSort, grouping, customers, onGrouping, words }: OrderMenusProps) {
  const { t } = useTexts();
  const orders: readonly Choice<Sort['by']>[] = [
    { value: 'urgency', label: t('manager.sort.urgency') },
    ...columns
      .filter(({ id }) => id !== 'type')
      .map((column) => ({ value: column.id, label: 'label' in column ? column.label : t(column.title) })),
  ];
  const groupings: readonly Grouping[] = ['none', 'customer', 'tenant'];
  const order = orders.find(({ value }) => value === sort.by)?.label ?? '';
  return (
    <>
      <ChoiceMenu
        name="order"
        icon={<ArrowSortRegular />}
        said={t('manager.sort.by', { order })}
        words={words}
        value={sort.by}
        choices={orders}
        onChoice={(by) => onSort({ by, descending: false })}
      />
      <ChoiceMenu
        name="grouping"
        icon={<GroupListRegular />}
        said={t(`manager.grouping.${grouping === 'customer' && !customers ? 'none' : grouping}`)}
        words={words}
        value={grouping}
        choices={groupings
          .filter((each) => customers || each !== 'customer')
          .map((value) => ({ value, label: t(`manager.grouping.${value}`) }))}
        onChoice={onGrouping}
      />
    </>
  );
}
