import { makeStyles, tokens } from '@fluentui/react-components';
import { Suspense } from 'react';
import { later } from '../../bridge/later.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { useAfterPaint } from './use-after-paint.ts';

const WatchStatus = later(async () => (await import('./watch-status.tsx')).WatchStatus);

const useStyles = makeStyles({
  footer: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: tokens.spacingHorizontalXXL,
    flexShrink: 0,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalXL}`,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  end: { marginLeft: 'auto' },
});

export interface FooterProps {
  readonly total: number;
  readonly shown: number;
  readonly selected: number;
  readonly now: number;
  /** Counts Refresh. */
  readonly refreshed: number;
}

/** How many are there, shown and selected, and when the watch last ran. */
export function Footer({ total, shown, selected, now, refreshed }: FooterProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const painted = useAfterPaint();
  return (
    <div className={styles.footer} data-footer>
      <span>{t('manager.chip.all', { count: total })}</span>
      {shown === total ? null : <span>{t('manager.shown', { count: shown })}</span>}
      <span>{t('manager.selected', { count: selected })}</span>
      <Suspense>{painted ? <WatchStatus now={now} refreshed={refreshed} /> : null}</Suspense>
      <span className={styles.end}>{t('manager.keys')}</span>
    </div>
  );
}
