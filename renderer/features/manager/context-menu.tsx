import { Menu, MenuDivider, MenuItem, MenuList, MenuPopover } from '@fluentui/react-components';
import type { CredentialRow } from '../../../preload/contract.ts';
import { request } from '../../bridge/bridge.ts';
import { useFacts } from '../../bridge/facts.ts';
import { useServer } from '../../bridge/servers.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { continuedText } from '../state/index.ts';
import { useAnnounce } from '../../parts/announce.tsx';
import { applicable } from './applicable.ts';
import { CommandItem } from './command-item.tsx';
import { copies, type CommandId, type Desk } from './commands.ts';

export interface ContextMenuProps {
  readonly at: { readonly x: number; readonly y: number } | null;
  readonly rows: readonly CredentialRow[];
  readonly desk: Desk;
  readonly onClose: () => void;
}

const first: readonly CommandId[] = ['edit', 'details'];
const work: readonly CommandId[] = ['verify', 'verify-signed-in', 'export', 'rotate', 'migrate', 'confirm', 'set-customer'];

/** What can be done with the selected rows, at the pointer or at the row. */
export function ContextMenu({ at, rows, desk, onClose }: ContextMenuProps) {
  const texts = useTexts();
  const { t } = texts;
  const announce = useAnnounce();
  const { adminCenters } = useFacts();
  const [row] = rows;
  const server = useServer(row?.server ?? '');
  if (at === null || row === undefined) return null;
  const target = {
    getBoundingClientRect: () => ({ x: at.x, y: at.y, left: at.x, right: at.x, top: at.y, bottom: at.y, width: 0, height: 0 }),
  };
  const copy = async (text: string) => {
    const outcome = await request('clipboard:copy', { text });
    if (outcome.ok) announce(t('app.copied'));
  };
  const copyable = rows.length === 1 ? copies.flatMap(({ text, of }) => (of(row) === null ? [] : [{ text, value: of(row) ?? '' }])) : [];
  const items = (ids: readonly CommandId[]) => ids.map((id) => <CommandItem key={id} id={id} rows={rows} desk={desk} />);
  return (
    <Menu
      open
      openOnContext
      positioning={{ target, position: 'below', align: 'start', autoSize: 'height' }}
      onOpenChange={(_, { open }) => (open ? undefined : onClose())}
    >
      <MenuPopover>
        <MenuList>
          {applicable('continue', rows).enabled ? (
            <CommandItem id="continue" rows={rows} desk={desk} label={continuedText(row, server.name, texts)} />
          ) : null}
          {items(first)}
          <MenuDivider />
          {items(work)}
          <MenuDivider />
          {items(['copy-table'])}
          {copyable.map(({ text, value }) => (
            <MenuItem key={text} onClick={() => void copy(value)}>
              {t(text)}
            </MenuItem>
          ))}
          {rows.length === 1 && row.clientId !== null && adminCenters.includes(row.cloud) ? (
            <MenuItem onClick={() => void request('portal:open', { id: row.id, page: 'overview' })}>{t('manager.open-portal')}</MenuItem>
          ) : null}
          <MenuDivider />
          {items(['delete'])}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
