import { makeStyles, tokens } from '@fluentui/react-components';
import { WarningRegular } from '@fluentui/react-icons';
import { useRef } from 'react';
import { Chips } from './chips.tsx';
import { useTexts } from '../../bridge/texts.tsx';
import { ColumnChooser } from './column-chooser.tsx';
import { OrderMenus } from './order-menus.tsx';
import { useInnerWidth } from './use-inner-width.ts';
import type { List } from './use-list.ts';

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    padding: `0 ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalS}`,
  },
  problem: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    flexBasis: '100%',
    ':empty': { display: 'none' },
  },
  end: { display: 'flex', marginLeft: 'auto', gap: tokens.spacingHorizontalXS },
});

/** Pixels below which order and grouping are signs without words. */
const roomy = 900;

/** What is wrong, in one line over the list, and how the list is laid out. */
export function ViewBar({ list }: { readonly list: List }) {
  const { t } = useTexts();
  const styles = useStyles();
  const bar = useRef<HTMLDivElement>(null);
  const words = useInnerWidth(bar) >= roomy;
  return (
    <div ref={bar} className={styles.bar} data-view-bar>
      <div role="status" className={styles.problem} data-filter-problem>
        {list.problem === null ? null : (
          <>
            <WarningRegular aria-hidden />
            {t(list.problem.text, { term: list.problem.term })}
          </>
        )}
      </div>
      <Chips facts={list.facts} pressed={list.marks} onPressed={list.setMarks} />
      <div className={styles.end}>
        <OrderMenus
          columns={list.columns}
          sort={list.sort}
          onSort={list.setSort}
          grouping={list.grouping}
          customers={list.customers}
          onGrouping={list.setGrouping}
          words={words}
        />
        <ColumnChooser offered={list.offered} hidden={list.hidden} onHidden={list.setHidden} />
      </div>
    </div>
  );
}
