import { Button, makeStyles, mergeClasses, tokens, Tooltip } from '@fluentui/react-components';
import { ErrorCircleFilled } from '@fluentui/react-icons';
import { Suspense, useEffect, useState } from 'react';
import { later } from '../../bridge/later.ts';
import { useAnswer } from '../../bridge/outcome.ts';
import { useTexts } from '../../bridge/texts.tsx';

const DailyWatchDialog = later(async () => (await import('../daily-watch/index.ts')).DailyWatchDialog);

const useStyles = makeStyles({
  watch: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: tokens.spacingHorizontalS },
  status: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS, borderRadius: tokens.borderRadiusSmall },
  overdue: { color: tokens.colorStatusDangerForeground3, fontWeight: tokens.fontWeightSemibold },
  button: { minWidth: 0, padding: `0 ${tokens.spacingHorizontalXS}` },
});

/** When the scheduled watch last ran (red when it has not for seven days, quiet where it never did), and the way to have it run. */
export function WatchStatus({ now, refreshed }: { readonly now: number; readonly refreshed: number }) {
  const { t, ago } = useTexts();
  const styles = useStyles();
  const { value, reload } = useAnswer('watch:read', null, ['store:changed']);
  const [open, setOpen] = useState(false);
  useEffect(reload, [now, refreshed, reload]);
  if (value === null) return null;
  const { ranAt, overdue } = value;
  return (
    <span className={styles.watch}>
      <Tooltip
        content={t(ranAt === null ? 'watch-status.never.hint' : overdue ? 'watch-status.overdue.hint' : 'watch-status.hint')}
        relationship="description"
      >
        <span
          className={mergeClasses(styles.status, overdue && styles.overdue)}
          tabIndex={0}
          data-watch={ranAt === null ? 'never' : overdue ? 'overdue' : 'ran'}
        >
          {overdue ? <ErrorCircleFilled aria-label={t('watch-status.overdue')} /> : null}
          {ranAt === null ? t('watch-status.never') : t('watch-status.ran', { ago: ago(ranAt, now) })}
        </span>
      </Tooltip>
      <Button className={styles.button} appearance="transparent" size="small" data-daily-watch onClick={() => setOpen(true)}>
        {t('daily-watch.open')}
      </Button>
      <Suspense>
        {open ? (
          <DailyWatchDialog
            onClose={() => {
              setOpen(false);
              reload();
            }}
          />
        ) : null}
      </Suspense>
    </span>
  );
}
