import { Menu, MenuList, MenuPopover, MenuTrigger, useIsOverflowItemVisible } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { CommandItem, type CommandItemProps } from './command-item.tsx';
import type { CommandId } from './commands.ts';

const behind: readonly CommandId[] = ['migrate', 'ews', 'refresh', 'export-list', 'save-calendar', 'deleted'];

export interface MoreMenuProps extends Pick<CommandItemProps, 'rows' | 'desk'> {
  readonly button: ReactElement;
  /** The commands of the bar, some of which may have no room there. */
  readonly onBar: readonly CommandId[];
}

/** The commands that have no room in the toolbar, or never had a place there. */
export function MoreMenu({ button, onBar, ...of }: MoreMenuProps) {
  return (
    <Menu defaultOpen>
      <MenuTrigger disableButtonEnhancement>{button}</MenuTrigger>
      <MenuPopover>
        <MenuList>
          {onBar.map((id) => (
            <OverflowedCommand key={id} id={id} {...of} />
          ))}
          {behind.map((id) => (
            <CommandItem key={id} id={id} {...of} />
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

function OverflowedCommand(command: CommandItemProps) {
  return useIsOverflowItemVisible(command.id) ? null : <CommandItem {...command} />;
}
