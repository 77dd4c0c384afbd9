import { Button, Menu, MenuItemCheckbox, MenuList, MenuPopover, MenuTrigger, Tooltip } from '@fluentui/react-components';
import { TableSettingsRegular } from '@fluentui/react-icons';
import { useTexts } from '../../bridge/texts.tsx';
import { isHideable, type Column, type ColumnId } from './columns.ts';

export interface ColumnChooserProps {
  readonly offered: readonly Column[];
  readonly hidden: readonly ColumnId[];
  readonly onHidden: (hidden: readonly ColumnId[]) => void;
}

/** Which columns the list has; where there is no room for all of them, some give way all the same. */
export function ColumnChooser({ offered, hidden, onHidden }: ColumnChooserProps) {
  const { t } = useTexts();
  const hideable = offered.filter(isHideable);
  const shown = hideable.map(({ id }) => id).filter((id) => !hidden.includes(id));
  return (
    <Menu
      checkedValues={{ column: shown }}
      onCheckedValueChange={(_, { checkedItems }) =>
        onHidden([
          ...hidden.filter((id) => !hideable.some((column) => column.id === id)),
          ...hideable.map(({ id }) => id).filter((id) => !checkedItems.includes(id)),
        ])
      }
    >
      <MenuTrigger disableButtonEnhancement>
        <Tooltip content={t('manager.columns')} relationship="label">
          <Button data-columns appearance="subtle" icon={<TableSettingsRegular />} />
        </Tooltip>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {hideable.map((column) => (
            <MenuItemCheckbox key={column.id} name="column" value={column.id}>
              {'label' in column ? column.label : t(column.title)}
            </MenuItemCheckbox>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
