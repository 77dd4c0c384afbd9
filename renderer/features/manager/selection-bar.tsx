import { Button, makeStyles, mergeClasses, tokens, Toolbar, ToolbarButton, Tooltip } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import { useRef } from 'react';
import type { CredentialRow } from '../../../preload/contract.ts';
import { useTexts } from '../../bridge/texts.tsx';
import type { Texts } from '../../bridge/translate.ts';
import { applicable, carryOut, type Applicable } from './applicable.ts';
import { commands, keyOf, type CommandId, type Desk } from './commands.ts';
import { shortcutText } from './shortcuts.ts';
import { useInnerWidth } from './use-inner-width.ts';
import { withWords } from './with-words.ts';

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    margin: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalXS}`,
    padding: `0 ${tokens.spacingHorizontalS} 0 ${tokens.spacingHorizontalM}`,
    border: `1px solid ${tokens.colorBrandStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: tokens.shadow4,
  },
  count: { fontWeight: tokens.fontWeightSemibold, whiteSpace: 'nowrap' },
  commands: { flex: 1, minWidth: 0, flexWrap: 'wrap' },
  command: { minWidth: 'auto', flexShrink: 0, whiteSpace: 'nowrap', fontWeight: tokens.fontWeightRegular },
  partly: { marginLeft: tokens.spacingHorizontalXS, color: tokens.colorNeutralForeground2 },
  danger: {
    color: tokens.colorStatusDangerForeground3,
    '& .fui-Button__icon': { color: tokens.colorStatusDangerForeground3 },
    ':hover': { color: tokens.colorStatusDangerForeground2 },
  },
});

const onBar: readonly CommandId[] = ['verify', 'rotate', 'export', 'confirm', 'set-customer', 'copy-table', 'delete'];

/** Pixels of the count and the cross, and of “3 of 4” on a button. */
const beside = 170;
const part = 60;

/** Reasons that are told one by one; of more than these, how many. */
const most = 5;

/** Why some are left out. */
function whyNot({ refused }: Applicable, { t }: Texts): string {
  const told = refused.slice(0, most).map(({ row, why }) => t(why, { name: row.name }));
  return [...told, ...(refused.length > most ? [t('manager.obstacle.more', { count: refused.length - most })] : [])].join('\n');
}

export interface SelectionBarProps {
  readonly rows: readonly CredentialRow[];
  readonly desk: Desk;
  readonly onUntick: () => void;
}

/** In the toolbar’s place while something is ticked: what can be done with all of it, or with how many and why not with the others. */
export function SelectionBar({ rows, desk, onUntick }: SelectionBarProps) {
  const texts = useTexts();
  const { t } = texts;
  const styles = useStyles();
  const bar = useRef<HTMLDivElement>(null);
  const parts = onBar.filter((id) => applicable(id, rows).refused.length > 0).length;
  const words = withWords([onBar, []], useInnerWidth(bar) - beside - parts * part, texts);
  return (
    <div ref={bar} className={styles.bar} data-selection-bar>
      <span className={styles.count}>{t('manager.selected', { count: rows.length })}</span>
      <Toolbar className={styles.commands} aria-label={t('manager.selection')}>
        {onBar.map((id) => (
          <SelectionCommand key={id} id={id} words={words.includes(id)} rows={rows} desk={desk} />
        ))}
      </Toolbar>
      <Tooltip content={t('manager.untick')} relationship="label">
        <Button appearance="subtle" icon={<DismissRegular />} data-untick onClick={onUntick} />
      </Tooltip>
    </div>
  );
}

interface SelectionCommandProps {
  readonly id: CommandId;
  readonly words: boolean;
  readonly rows: readonly CredentialRow[];
  readonly desk: Desk;
}

function SelectionCommand({ id, words, rows, desk }: SelectionCommandProps) {
  const texts = useTexts();
  const { t } = texts;
  const styles = useStyles();
  const { label: whole, short = whole, icon: Icon } = commands[id];
  const can = applicable(id, rows);
  const label = t(short);
  const some = can.enabled && can.refused.length > 0 ? t('manager.partly', { count: can.rows.length, total: rows.length }) : null;
  const key = shortcutText(id, texts);
  const hint = [words ? null : label, whyNot(can, texts), key].filter(Boolean).join('\n');
  const button = (
    <ToolbarButton
      className={mergeClasses(styles.command, id === 'delete' && styles.danger)}
      appearance="subtle"
      icon={<Icon />}
      disabledFocusable={!can.enabled}
      aria-keyshortcuts={keyOf(id) ?? undefined}
      data-command={id}
      {...(words ? {} : { 'aria-label': some === null ? label : `${label} ${some}` })}
      onClick={() => carryOut(id, desk, rows)}
    >
      {words ? label : null}
      {some === null || !words ? null : <span className={styles.partly}>{some}</span>}
    </ToolbarButton>
  );
  return hint === '' ? (
    button
  ) : (
    <Tooltip content={{ children: hint, style: { whiteSpace: 'pre-line' } }} relationship="description">
      {button}
    </Tooltip>
  );
}
