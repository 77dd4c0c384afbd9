import { mergeClasses } from '@fluentui/react-components';
import { ChevronDownRegular, ChevronRightRegular } from '@fluentui/react-icons';
import { Fragment, memo, type ReactNode } from 'react';
import { useTexts } from '../../app/texts.tsx';
import type { Column, OwnColumn } from './columns.ts';
import { daysText, ExpiryText } from './expiry-text.tsx';
import { useGridStyles } from './grid-styles.ts';
import type { ListItem } from './list-items.ts';
import { shortId, shortThumbprint, type RowFacts } from './row-facts.ts';
import { stateWords } from './state-words.ts';
import { StateText } from './state-text.tsx';

export interface GridRowProps {
  readonly item: ListItem;
  readonly columns: readonly Column[];
  readonly index: number;
  /** Pixels from the top of the list. */
  readonly top: number;
  readonly active: boolean;
  readonly selected: boolean;
  readonly busy: boolean;
  readonly grouped: boolean;
  readonly now: number;
}

/** One line of the list: a credential or the head of a tenant. Clicks and keys are the list's. */
export const GridRow = memo(function GridRow({ item, columns, index, top, active, selected, busy, grouped, now }: GridRowProps) {
  const styles = useGridStyles();
  const place = { transform: `translateY(${top}px)` };
  const common = { role: 'row', 'data-key': item.key, 'aria-rowindex': index + 2, tabIndex: active ? 0 : -1, style: place } as const;
  if (item.kind === 'group') {
    return (
      <div {...common} aria-expanded={!item.collapsed} aria-level={1} className={mergeClasses(styles.placed, styles.group)}>
        <span className={styles.chevron} aria-hidden>
          {item.collapsed ? <ChevronRightRegular /> : <ChevronDownRegular />}
        </span>
        <GroupLabel item={item} columns={columns.length} />
      </div>
    );
  }
  return (
    <div
      {...common}
      {...(grouped ? { 'aria-level': 2 } : {})}
      aria-selected={selected}
      className={mergeClasses(styles.line, styles.placed, styles.row, selected && styles.selected)}
    >
      <Cells facts={item.facts} columns={columns} busy={busy} now={now} />
    </div>
  );
});

function GroupLabel({ item, columns }: { readonly item: Extract<ListItem, { kind: 'group' }>; readonly columns: number }) {
  const { t } = useTexts();
  return (
    <span role="gridcell" aria-colspan={columns}>
      {t('manager.group', { name: item.name, domain: item.domain, count: item.count })}
    </span>
  );
}

interface CellsProps {
  readonly facts: RowFacts;
  readonly columns: readonly Column[];
  readonly busy: boolean;
  readonly now: number;
}

function Cells({ facts, columns, busy, now }: CellsProps) {
  const texts = useTexts();
  const styles = useGridStyles();
  const { t } = texts;
  const { row } = facts;
  const none = <span className={styles.quiet}>{t('manager.none')}</span>;
  const words = stateWords(facts, now, texts);
  const cell = (content: ReactNode, title?: string) => (
    <span role="gridcell" className={styles.cell} title={title}>
      {content}
    </span>
  );
  const own: Readonly<Record<OwnColumn, () => ReactNode>> = {
    name: () => cell(<span className={styles.text}>{row.name}</span>, row.name),
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
        <ExpiryText facts={facts} />,
        row.certificate === null ? undefined : `${texts.date(row.certificate.notAfter)} ${daysText(facts, texts)}`,
      ),
    state: () =>
      cell(
        <>
          <StateText state={row.state} text={busy ? t('manager.verifying.row') : t(`state.${row.state}`)} busy={busy} />
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
