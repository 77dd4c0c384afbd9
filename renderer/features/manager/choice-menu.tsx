import { Menu, MenuItemRadio, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import type { ReactElement } from 'react';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export interface ChoiceMenuProps {
  readonly name: string;
  readonly button: ReactElement;
  readonly value: string;
  readonly choices: readonly Choice[];
  readonly onChoice: (value: string) => void;
}

/** One of several, behind a button that says which one it is. */
export function ChoiceMenu({ name, button, value, choices, onChoice }: ChoiceMenuProps) {
  return (
    <Menu
      defaultOpen
      checkedValues={{ [name]: [value] }}
      onCheckedValueChange={(_, { checkedItems: [chosen] }) => (chosen === undefined ? undefined : onChoice(chosen))}
    >
      <MenuTrigger disableButtonEnhancement>{button}</MenuTrigger>
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
