import {
  Button,
  makeStyles,
  mergeClasses,
  Overflow,
  OverflowItem,
  Toolbar,
  ToolbarButton,
  tokens,
  useOverflowMenu,
} from '@fluentui/react-components';
import { MoreHorizontalRegular } from '@fluentui/react-icons';
import { useCallback, useRef, type Ref } from 'react';
import type { CredentialRow } from '../../../preload/contract.ts';
import { later } from '../../bridge/later.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { applicable, carryOut } from './applicable.ts';
import { commands, keyOf, type CommandId, type Desk } from './commands.ts';
import { FilterBox } from './filter-box.tsx';
import { UntilOpened } from './until-opened.tsx';
import { useInnerWidth } from './use-inner-width.ts';
import { shortLabel, withWords } from './with-words.ts';

const MoreMenu = later(async () => (await import('./more-menu.tsx')).MoreMenu);

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalS}`,
  },
  commands: { flex: '3 1 360px', minWidth: '150px', overflow: 'hidden', padding: '2px', gap: tokens.spacingHorizontalXS },
  command: { flexShrink: 0, minWidth: 'auto', whiteSpace: 'nowrap', fontWeight: tokens.fontWeightRegular },
  create: { fontWeight: tokens.fontWeightSemibold },
  more: { flexShrink: 0, minWidth: '32px' },
});

const onBar: readonly CommandId[] = ['create', 'add-existing', 'edit', 'verify', 'rotate', 'export', 'delete', 'details'];
const atEnd: readonly CommandId[] = ['activity', 'settings'];

/** Pixels of what stands beside the commands. */
const beside = 400;

/** The first that do without words. */
const wordless: readonly CommandId[] = ['add-existing', 'details'];

const most = onBar.filter((id) => !wordless.includes(id));

export interface ManagerToolbarProps {
  readonly desk: Desk;
  /** The selection. */
  readonly rows: readonly CredentialRow[];
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
  /** From the filter down into the list. */
  readonly onLeaveFilter: () => void;
  readonly filterRef: Ref<HTMLInputElement>;
}

/** The buttons of the credential manager in the server's order, and the filter. What has no room goes into the menu. */
export function ManagerToolbar({ desk, rows, filter, onFilter, onLeaveFilter, filterRef }: ManagerToolbarProps) {
  const texts = useTexts();
  const { t } = texts;
  const styles = useStyles();
  const bar = useRef<HTMLDivElement>(null);
  const words = withWords([onBar, most, ['create']], useInnerWidth(bar) - beside, texts);
  return (
    <div ref={bar} className={styles.bar}>
      {/* Neither the gaps are measured nor, where everything fits, the button at the end; sizes are measured once, so anew with other words. */}
      <Overflow key={words.length} minimumVisible={1} padding={64}>
        <Toolbar className={styles.commands} aria-label={t('manager.commands')}>
          {onBar.map((id) => (
            <OverflowItem key={id} id={id}>
              <CommandButton id={id} words={words.includes(id)} desk={desk} rows={rows} />
            </OverflowItem>
          ))}
          <More desk={desk} rows={rows} />
        </Toolbar>
      </Overflow>
      <FilterBox filter={filter} onFilter={onFilter} onLeave={onLeaveFilter} inputRef={filterRef} />
      {atEnd.map((id) => (
        <EndButton key={id} id={id} desk={desk} rows={rows} />
      ))}
    </div>
  );
}

interface CommandProps {
  readonly id: CommandId;
  readonly desk: Desk;
  readonly rows: readonly CredentialRow[];
}

/** With its words where there is room, else with its sign alone. */
function CommandButton({ id, words, desk, rows, ...overflow }: CommandProps & { readonly words: boolean }) {
  const { t } = useTexts();
  const styles = useStyles();
  const { icon: Icon } = commands[id];
  const label = t(shortLabel(id));
  return (
    <ToolbarButton
      {...overflow}
      className={mergeClasses(styles.command, id === 'create' && styles.create)}
      appearance={id === 'create' ? 'primary' : 'subtle'}
      icon={<Icon />}
      disabled={!applicable(id, rows).enabled}
      aria-keyshortcuts={keyOf(id) ?? undefined}
      data-command={id}
      {...(words ? {} : { title: label, 'aria-label': label })}
      onClick={() => carryOut(id, desk, rows)}
    >
      {words ? label : null}
    </ToolbarButton>
  );
}

function EndButton({ id, desk, rows }: CommandProps) {
  const { t } = useTexts();
  const { label, icon: Icon } = commands[id];
  return (
    <Button
      data-command={id}
      aria-keyshortcuts={keyOf(id) ?? undefined}
      appearance="subtle"
      icon={<Icon />}
      title={t(label)}
      aria-label={t(label)}
      onClick={() => carryOut(id, desk, rows)}
    />
  );
}

function More({ desk, rows }: Omit<CommandProps, 'id'>) {
  const { t } = useTexts();
  const { ref } = useOverflowMenu<HTMLButtonElement>();
  const styles = useStyles();
  const measured = useCallback((more: HTMLButtonElement | null) => void (ref.current = more), [ref]);
  const button = (
    <Button ref={measured} className={styles.more} appearance="subtle" icon={<MoreHorizontalRegular />} aria-label={t('manager.more')} />
  );
  return <UntilOpened button={button} menu={<MoreMenu button={button} onBar={onBar} desk={desk} rows={rows} />} />;
}
