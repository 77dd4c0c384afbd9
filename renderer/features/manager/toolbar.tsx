import {
  Button,
  makeStyles,
  Menu,
  MenuButton,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Overflow,
  OverflowItem,
  SearchBox,
  ToggleButton,
  Toolbar,
  ToolbarButton,
  tokens,
  Tooltip,
  useIsOverflowItemVisible,
  useOverflowMenu,
} from '@fluentui/react-components';
import {
  AddRegular,
  ArrowExportRegular,
  ArrowSyncRegular,
  DeleteRegular,
  EditRegular,
  GroupListRegular,
  HistoryRegular,
  InfoRegular,
  LinkRegular,
  MoreHorizontalRegular,
  SearchRegular,
  SettingsRegular,
  ShieldCheckmarkRegular,
} from '@fluentui/react-icons';
import { useCallback, type ReactElement, type ReactNode, type Ref } from 'react';
import { useTexts, type TextKey } from '../../app/texts.tsx';
import type { ListCommands, Possible } from './commands.ts';

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalS}`,
  },
  commands: { flex: '3 1 360px', minWidth: '150px', overflow: 'hidden', padding: '2px', gap: tokens.spacingHorizontalXS },
  command: { flexShrink: 0, whiteSpace: 'nowrap' },
  more: { flexShrink: 0, minWidth: '32px' },
  filter: { flex: '1 1 150px', minWidth: '120px', maxWidth: '260px' },
  typed: { textOverflow: 'ellipsis' },
});

type CommandName = keyof Pick<
  ListCommands,
  'create' | 'addExisting' | 'edit' | 'remove' | 'verify' | 'rotate' | 'exportCertificate' | 'details'
>;

const commands: readonly {
  readonly name: CommandName;
  readonly text: TextKey;
  readonly icon: ReactElement;
  readonly keys?: string;
  readonly iconOnly?: true;
}[] = [
  { name: 'create', text: 'manager.create', icon: <AddRegular />, keys: 'Control+N' },
  // Beside Create…, and small: the server's own buttons keep their room in every language.
  { name: 'addExisting', text: 'manager.add-existing', icon: <LinkRegular />, iconOnly: true },
  { name: 'edit', text: 'manager.edit', icon: <EditRegular />, keys: 'Enter' },
  { name: 'remove', text: 'manager.delete', icon: <DeleteRegular />, keys: 'Delete' },
  { name: 'verify', text: 'manager.verify', icon: <ShieldCheckmarkRegular /> },
  { name: 'exportCertificate', text: 'manager.export', icon: <ArrowExportRegular /> },
  { name: 'rotate', text: 'manager.rotate.short', icon: <ArrowSyncRegular /> },
  { name: 'details', text: 'manager.details', icon: <InfoRegular />, keys: 'Alt+Enter' },
];

export interface ManagerToolbarProps {
  readonly actions: ListCommands;
  readonly possible: Possible;
  readonly grouped: boolean;
  readonly onGrouped: (grouped: boolean) => void;
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
  /** From the filter down into the list. */
  readonly onLeaveFilter: () => void;
  readonly filterRef: Ref<HTMLInputElement>;
  /** What else belongs to the list’s looks. */
  readonly children: ReactNode;
}

/** The buttons of the credential manager in the server's order, and the filter. What has no room goes into the menu. */
export function ManagerToolbar({
  actions,
  possible,
  grouped,
  onGrouped,
  filter,
  onFilter,
  onLeaveFilter,
  filterRef,
  children,
}: ManagerToolbarProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const enabled = (name: CommandName) => name === 'create' || name === 'addExisting' || possible[name];
  return (
    <div className={styles.bar}>
      {/* Neither the gaps are measured nor, where everything fits, the button at the end. */}
      <Overflow minimumVisible={1} padding={64}>
        <Toolbar className={styles.commands} aria-label={t('manager.commands')}>
          {commands.map(({ name, text, icon, keys, iconOnly = false }) => (
            <OverflowItem key={name} id={name}>
              <ToolbarButton
                className={styles.command}
                appearance={name === 'create' ? 'primary' : 'subtle'}
                icon={icon}
                disabled={!enabled(name)}
                aria-keyshortcuts={keys}
                data-command={name}
                {...(iconOnly ? { title: t(text), 'aria-label': t(text) } : {})}
                onClick={() => actions[name]()}
              >
                {iconOnly ? null : t(text)}
              </ToolbarButton>
            </OverflowItem>
          ))}
          <More actions={actions} enabled={enabled} />
        </Toolbar>
      </Overflow>
      <Tooltip content={t('manager.group-by-tenant')} relationship="label">
        <ToggleButton
          data-group-by-tenant
          appearance="subtle"
          icon={<GroupListRegular />}
          checked={grouped}
          onClick={() => onGrouped(!grouped)}
        />
      </Tooltip>
      {children}
      <SearchBox
        className={styles.filter}
        input={{ ref: filterRef, className: styles.typed }}
        contentBefore={<SearchRegular />}
        placeholder={t('manager.filter')}
        aria-label={t('manager.filter')}
        aria-keyshortcuts="Control+F"
        value={filter}
        onChange={(_, { value }) => onFilter(value)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' || (event.key === 'Enter' && filter !== '')) {
            event.preventDefault();
            onLeaveFilter();
          } else if (event.key === 'Escape') {
            onFilter('');
            if (filter === '') onLeaveFilter();
          }
        }}
      />
      <Tooltip content={t('manager.activity')} relationship="label">
        <Button data-activity appearance="subtle" icon={<HistoryRegular />} onClick={actions.activity} />
      </Tooltip>
      <Tooltip content={t('manager.settings')} relationship="label">
        <Button appearance="subtle" icon={<SettingsRegular />} onClick={actions.settings} />
      </Tooltip>
    </div>
  );
}

function More({ actions, enabled }: { readonly actions: ListCommands; readonly enabled: (name: CommandName) => boolean }) {
  const { t } = useTexts();
  const { ref } = useOverflowMenu<HTMLButtonElement>();
  const styles = useStyles();
  const measured = useCallback((button: HTMLButtonElement | null) => void (ref.current = button), [ref]);
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <MenuButton
          ref={measured}
          className={styles.more}
          appearance="subtle"
          menuIcon={null}
          icon={<MoreHorizontalRegular />}
          aria-label={t('manager.more')}
        />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {commands.map((command) => (
            <OverflowedCommand key={command.name} {...command} disabled={!enabled(command.name)} onClick={() => actions[command.name]()} />
          ))}
          <MenuItem onClick={actions.refresh} secondaryContent={t('manager.key.refresh')}>
            {t('manager.refresh')}
          </MenuItem>
          <MenuItem onClick={actions.exportList}>{t('manager.export-list')}</MenuItem>
          <MenuItem onClick={actions.saveCalendar}>{t('manager.save-calendar')}</MenuItem>
          <MenuItem onClick={actions.deleted}>{t('manager.deleted')}</MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

function OverflowedCommand({
  name,
  text,
  icon,
  disabled,
  onClick,
}: (typeof commands)[number] & { readonly disabled: boolean; readonly onClick: () => void }) {
  const { t } = useTexts();
  const visible = useIsOverflowItemVisible(name);
  if (visible) return null;
  return (
    <MenuItem icon={icon} disabled={disabled} onClick={onClick}>
      {t(text)}
    </MenuItem>
  );
}
