import { makeStyles, SearchBox, Tooltip, useId } from '@fluentui/react-components';
import { SearchRegular } from '@fluentui/react-icons';
import type { Ref } from 'react';
import { useTexts } from '../../bridge/texts.tsx';

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
  return (
    <Tooltip content={t('manager.filter.hint')} relationship="inaccessible" positioning="below-end" showDelay={600}>
      <div className={styles.filter}>
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
      </div>
    </Tooltip>
  );
}
