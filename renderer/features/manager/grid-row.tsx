import { mergeClasses } from '@fluentui/react-components';
import { Fragment, memo, type ReactNode } from 'react';
import { useTexts } from '../../bridge/texts.tsx';
import type { Column, OwnColumn } from './columns.ts';
import { daysText, ExpiryText, shortId, shortThumbprint, type RowFacts, stateWords, StateText } from '../state/index.ts';
import { useGridStyles } from './grid-styles.ts';
import { GroupCells } from './group-row.tsx';
import type { ListItem } from './list-items.ts';
import { TickBox, type TickBoxProps } from './tick-box.tsx';

export interface GridRowProps {
  readonly item: ListItem;
  readonly columns: readonly Column[];
  readonly index: number;
  /** Pixels from the top of the list. */
  readonly top: number;
  readonly active: boolean;
  readonly selected: boolean;
  readonly ticked: TickBoxProps['ticked'];
  readonly busy: boolean;
  /** Whether there are groups, and whether this is a row of one. */
  readonly grouped: boolean;
  readonly inGroup: boolean;
  /** Whether a row has two lines. */
  readonly narrow: boolean;
  readonly now: number;
}

/** One line of the list: a credential or the head of a group. Clicks and keys are the list's. */
export const GridRow = memo(function GridRow({
  item,
  columns,
  index,
  top,
  active,
  selected,
  ticked,
  busy,
  grouped,
  inGroup,
  narrow,
  now,
}: GridRowProps) {
  const styles = useGridStyles();
  const { t } = useTexts();
  const group = item.kind === 'group';
  const name = group ? item.name : item.facts.row.name;
  return (
    <div
      role="row"
      data-key={item.key}
      aria-rowindex={index + 2}
      tabIndex={active ? 0 : -1}
      style={{ transform: `translateY(${top}px)` }}
      {...(grouped ? { 'aria-level': inGroup ? 2 : 1 } : {})}
      {...(group ? { 'aria-expanded': !item.collapsed } : { 'aria-selected': selected })}
      className={mergeClasses(
        styles.line,
        styles.placed,
        styles.row,
        narrow && styles.narrow,
        group && styles.group,
        inGroup && styles.inGroup,
        selected && styles.selected,
      )}
    >
      <span role="gridcell">
        <TickBox ticked={ticked} label={t('manager.tick', { name })} />
      </span>
      {group ? (
        <GroupCells group={item} columns={columns} narrow={narrow} />
      ) : (
        <Cells facts={item.facts} columns={columns} busy={busy} narrow={narrow} now={now} />
      )}
    </div>
  );
});

interface CellsProps {
  readonly facts: RowFacts;
  readonly columns: readonly Column[];
  readonly busy: boolean;
  readonly narrow: boolean;
  readonly now: number;
}

function Cells({ facts, columns, busy, narrow, now }: CellsProps) {
  const texts = useTexts();
  const styles = useGridStyles();
  const { t } = texts;
  const { row } = facts;
  const none = <span className={styles.quiet}>{t('manager.none')}</span>;
  const words = stateWords(facts, now, texts);
  const cellStyle = mergeClasses(styles.cell, narrow && styles.stacked);
  const cell = (content: ReactNode, title?: string) => (
    <span role="gridcell" className={cellStyle} title={title}>
      {content}
    </span>
  );
  const own: Readonly<Record<OwnColumn, () => ReactNode>> = {
    name: () => (
      <span role="rowheader" className={cellStyle} title={row.name}>
        <span className={styles.text}>{row.name}</span>
        {narrow ? <span className={styles.quiet}>{facts.tenant}</span> : null}
      </span>
    ),
    type: () => cell(<span className={styles.text}>{t('manager.type')}</span>, t('manager.type')),
    tenant: () =>
      cell(
        <>
          <span className={styles.text}>{facts.tenant}</span>
          {row.cloud === 'global' ? null : <span className={styles.tag}>{t(`manager.cloud.${row.cloud}`)}</span>}
        </>,
        `${row.tenantName}\n${row.tenantDomain}\n${row.tenantId}`,
      ),
    client: () =>
      cell(row.clientId === null ? none : <span className={styles.mono}>{shortId(row.clientId)}</span>, row.clientId ?? undefined),
    certificate: () =>
      cell(
        row.certificate === null ? none : <span className={styles.mono}>{shortThumbprint(row.certificate.thumbprint)}</span>,
        row.certificate?.thumbprint,
      ),
    expires: () =>
      cell(
        <ExpiryText facts={facts} stacked={narrow} />,
        row.certificate === null ? undefined : `${texts.date(row.certificate.notAfter)} ${daysText(facts, texts)}`,
      ),
    state: () =>
      cell(
        <>
          <StateText
            state={row.state}
            text={busy ? t('manager.verifying.row') : t(`state.${row.state}`)}
            busy={busy}
            ending={facts.expiry === 'soon' || row.reason !== null}
          />
          {row.reason === null || busy ? null : <span className={styles.quiet}>{row.reason}</span>}
          {words.tag === null ? null : <span className={styles.tag}>{words.tag}</span>}
        </>,
        words.whole,
      ),
  };
  return columns.map((column) => (
    <Fragment key={column.id}>
      {'label' in column
        ? cell(row[column.id] === '' ? none : <span className={styles.text}>{row[column.id]}</span>, row[column.id])
        : own[column.id]()}
    </Fragment>
  ));
}
