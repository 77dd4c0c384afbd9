import { MenuItem } from '@fluentui/react-components';
import type { CredentialRow } from '../../../preload/contract.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { applicable, carryOut } from './applicable.ts';
import { commands, keyOf, type CommandId, type Desk } from './commands.ts';
import { shortcutText } from './shortcuts.ts';

export interface CommandItemProps {
  readonly id: CommandId;
  /** The selection. */
  readonly rows: readonly CredentialRow[];
  readonly desk: Desk;
  /** In the place of the command's own name. */
  readonly label?: string;
}

/** A command in a menu, with its key. */
export function CommandItem({ id, rows, desk, label: named }: CommandItemProps) {
  const texts = useTexts();
  const command = commands[id];
  const { label, icon: Icon } = command;
  const [row] = rows;
  const own = command.needs !== 'nothing' && rows.length === 1 && row !== undefined ? (command.named?.(row) ?? null) : null;
  const shortcut = shortcutText(id, texts);
  return (
    <MenuItem
      icon={<Icon />}
      disabled={!applicable(id, rows).enabled}
      data-command={id}
      {...(shortcut === null
        ? {}
        : { secondaryContent: { children: shortcut, 'aria-hidden': true }, 'aria-keyshortcuts': keyOf(id) ?? '' })}
      onClick={() => carryOut(id, desk, rows)}
    >
      {named ?? (own === null ? texts.t(label) : texts.t(own.text, own.params))}
    </MenuItem>
  );
}
