import { makeStyles, SearchBox, useId } from '@fluentui/react-components';
import { SearchRegular } from '@fluentui/react-icons';
import { Suspense, useState, type Ref, type SyntheticEvent } from 'react';
import { later } from '../../bridge/later.ts';
import { useTexts } from '../../bridge/texts.tsx';

const FilterHint = later(async () => (await import('./filter-hint.tsx')).FilterHint);

const useStyles = makeStyles({
  filter: { display: 'flex', flex: '1 1 150px', minWidth: '120px', maxWidth: '260px' },
  box: { flex: 1, minWidth: 0 },
  typed: { textOverflow: 'ellipsis' },
});

export interface FilterBoxProps {
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
  /** From the filter down into the list. */
  readonly onLeave: () => void;
  readonly inputRef: Ref<HTMLInputElement>;
}

/** The filter, and what can be typed into it. */
export function FilterBox({ filter, onFilter, onLeave, inputRef }: FilterBoxProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const hint = useId('filter-hint');
  const [near, setNear] = useState<HTMLElement | null>(null);
  const come = ({ currentTarget }: SyntheticEvent<HTMLElement>) => setNear(currentTarget);
  const leave = () => setNear(null);
  return (
    <div className={styles.filter} onPointerEnter={come} onPointerLeave={leave} onFocus={come} onBlur={leave}>
      <SearchBox
        className={styles.box}
        input={{ ref: inputRef, className: styles.typed }}
        contentBefore={<SearchRegular />}
        placeholder={t('manager.filter')}
        aria-label={t('manager.find')}
        aria-describedby={hint}
        aria-keyshortcuts="Control+F"
        value={filter}
        onChange={(_, { value }) => onFilter(value)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' || (event.key === 'Enter' && filter !== '')) {
            event.preventDefault();
            onLeave();
          } else if (event.key === 'Escape') {
            onFilter('');
            if (filter === '') onLeave();
          }
        }}
      />
      <span id={hint} hidden>
        {t('manager.filter.hint')}
      </span>
      <Suspense>{near === null ? null : <FilterHint below={near} text={t('manager.filter.hint')} />}</Suspense>
    </div>
  );
}
