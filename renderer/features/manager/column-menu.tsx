import { Menu, MenuItemCheckbox, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTexts } from '../../bridge/texts.tsx';
import type { ColumnChooserProps } from './column-chooser.tsx';
import { isHideable } from './columns.ts';

/** Which columns the list has; where there is no room for all of them, some give way all the same. */
export function ColumnMenu({ button, offered, hidden, onHidden }: ColumnChooserProps & { readonly button: ReactElement }) {
  const { t } = useTexts();
  const hideable = offered.filter(isHideable);
  const shown = hideable.map(({ id }) => id).filter((id) => !hidden.includes(id));
  return (
    <Menu
      defaultOpen
      checkedValues={{ column: shown }}
      onCheckedValueChange={(_, { checkedItems }) =>
        onHidden([
          ...hidden.filter((id) => !hideable.some((column) => column.id === id)),
          ...hideable.map(({ id }) => id).filter((id) => !checkedItems.includes(id)),
        ])
      }
    >
      <MenuTrigger disableButtonEnhancement>{button}</MenuTrigger>
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
