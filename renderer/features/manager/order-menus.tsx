import { MenuButton } from '@fluentui/react-components';
import { ArrowSortRegular, GroupListRegular } from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import { later } from '../../bridge/later.ts';
import { useTexts } from '../../bridge/texts.tsx';
import type { Column } from './columns.ts';
import type { Grouping, Sort } from './list-items.ts';
import { UntilOpened } from './until-opened.tsx';

const ChoiceMenu = later(async () => (await import('./choice-menu.tsx')).ChoiceMenu);

interface OneOf<T extends string> {
  readonly value: T;
  readonly label: string;
}

interface ChoiceButtonProps<T extends string> {
  readonly name: string;
  readonly icon: ReactElement;
  /** What it says with words beside its sign. */
  readonly said: string;
  readonly words: boolean;
  readonly value: T;
  readonly choices: readonly OneOf<T>[];
  readonly onChoice: (value: T) => void;
}

function ChoiceButton<T extends string>({ name, icon, said, words, value, choices, onChoice }: ChoiceButtonProps<T>) {
  const button = (
    <MenuButton size="small" appearance="subtle" icon={icon} data-choice={name} {...(words ? {} : { title: said, 'aria-label': said })}>
      {words ? said : null}
    </MenuButton>
  );
  const choose = (chosen: string) => {
    const choice = choices.find((each) => each.value === chosen);
    if (choice !== undefined) onChoice(choice.value);
  };
  return (
    <UntilOpened button={button} menu={<ChoiceMenu name={name} button={button} value={value} choices={choices} onChoice={choose} />} />
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
  const orders: readonly OneOf<Sort['by']>[] = [
    { value: 'urgency', label: t('manager.sort.urgency') },
    ...columns
      .filter(({ id }) => id !== 'type')
      .map((column) => ({ value: column.id, label: 'label' in column ? column.label : t(column.title) })),
  ];
  const groupings: readonly Grouping[] = ['none', 'customer', 'tenant'];
  const order = orders.find(({ value }) => value === sort.by)?.label ?? '';
  return (
    <>
      <ChoiceButton
        name="order"
        icon={<ArrowSortRegular />}
        said={t('manager.sort.by', { order })}
        words={words}
        value={sort.by}
        choices={orders}
        onChoice={(by) => onSort({ by, descending: false })}
      />
      <ChoiceButton
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
