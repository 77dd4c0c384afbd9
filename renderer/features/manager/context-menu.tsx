import { Menu, MenuDivider, MenuItem, MenuList, MenuPopover } from '@fluentui/react-components';
import type { CredentialRow } from '../../../preload/contract.ts';
import { request } from '../../app/bridge.ts';
import { useServer } from '../../app/servers.ts';
import { useTexts } from '../../app/texts.tsx';
import { useAnnounce } from '../../app/announce.tsx';
import { copies, type ListCommands, type Possible } from './commands.ts';

export interface ContextMenuProps {
  readonly at: { readonly x: number; readonly y: number } | null;
  readonly rows: readonly CredentialRow[];
  readonly possible: Possible;
  readonly actions: ListCommands;
  readonly onClose: () => void;
}

/** What can be done with the selected rows, at the pointer or at the row. */
export function ContextMenu({ at, rows, possible, actions, onClose }: ContextMenuProps) {
  const { t } = useTexts();
  const announce = useAnnounce();
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
  return (
    <Menu
      open
      openOnContext
      positioning={{ target, position: 'below', align: 'start', autoSize: 'height' }}
      onOpenChange={(_, { open }) => (open ? undefined : onClose())}
    >
      <MenuPopover>
        <MenuList>
          {possible.finish ? <MenuItem onClick={actions.finish}>{t('manager.continue', { server: server.name })}</MenuItem> : null}
          <MenuItem disabled={!possible.edit} secondaryContent={t('manager.key.edit')} onClick={actions.edit}>
            {t('manager.edit')}
          </MenuItem>
          <MenuItem disabled={!possible.details} secondaryContent={t('manager.key.details')} onClick={actions.details}>
            {t('manager.details')}
          </MenuItem>
          <MenuDivider />
          <MenuItem disabled={!possible.verify} onClick={actions.verify}>
            {t('manager.verify')}
          </MenuItem>
          <MenuItem disabled={!possible.verifySignedIn} onClick={actions.verifySignedIn}>
            {t('verification.sign-in')}
          </MenuItem>
          <MenuItem disabled={!possible.exportCertificate} onClick={actions.exportCertificate}>
            {t('manager.export')}
          </MenuItem>
          <MenuItem disabled={!possible.rotate} onClick={actions.rotate}>
            {t('manager.rotate')}
          </MenuItem>
          {copyable.length > 0 ? <MenuDivider /> : null}
          {copyable.map(({ text, value }) => (
            <MenuItem key={text} onClick={() => void copy(value)}>
              {t(text)}
            </MenuItem>
          ))}
          {rows.length === 1 && row.clientId !== null ? (
            <MenuItem onClick={() => void request('portal:open', { id: row.id, page: 'overview' })}>{t('manager.open-portal')}</MenuItem>
          ) : null}
          <MenuDivider />
          <MenuItem disabled={!possible.remove} secondaryContent={t('manager.key.delete')} onClick={actions.remove}>
            {t('manager.delete')}
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
