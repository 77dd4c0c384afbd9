import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { DismissCircleFilled, WarningFilled } from '@fluentui/react-icons';
import { useTexts } from '../../bridge/texts.tsx';
import type { Texts } from '../../bridge/translate.ts';
import type { RowFacts } from './row-facts.ts';

const useStyles = makeStyles({
  expiry: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    minWidth: 0,
    overflow: 'hidden',
  },
  // Of its own: what stands in a flex box by itself is cut off without an ellipsis.
  words: { minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  icon: { display: 'inline-flex', flexShrink: 0, fontSize: tokens.fontSizeBase400 },
  soon: { color: tokens.colorStatusWarningForeground2 },
  expired: { color: tokens.colorStatusDangerForeground3 },
  days: { fontSize: tokens.fontSizeBase200 },
  below: { display: 'block', fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** How long a certificate is still valid, or since when it is not, in words. */
export function daysText({ expiry, daysLeft }: Pick<RowFacts, 'expiry' | 'daysLeft'>, { t }: Texts): string {
  const days = daysLeft ?? 0;
  return expiry === 'expired' ? t('manager.expires.ago', { days: -days - 1 }) : t('manager.expires.in', { days });
}

export interface ExpiryTextProps {
  readonly facts: RowFacts;
  /** The day also where only the days since matter. */
  readonly withDate?: boolean;
  /** The days below the date. */
  readonly stacked?: boolean;
}

/** Date and days left; icon and words where it is time to act. */
export function ExpiryText({ facts, withDate = false, stacked = false }: ExpiryTextProps) {
  const texts = useTexts();
  const styles = useStyles();
  const { expiry } = facts;
  const { certificate } = facts.row;
  if (certificate === null) return <span className={styles.quiet}>{texts.t('manager.none')}</span>;
  const date = texts.date(certificate.notAfter);
  const days = daysText(facts, texts);
  const over = expiry === 'expired';
  const dated = !over || withDate || stacked;
  const beside = dated && (stacked ? styles.below : styles.days);
  return (
    <span title={date} className={mergeClasses(styles.expiry, over && styles.expired, expiry === 'soon' && styles.soon)}>
      {expiry === 'fine' ? null : (
        <span className={styles.icon} aria-hidden>
          {over ? <DismissCircleFilled /> : <WarningFilled />}
        </span>
      )}
      <span className={styles.words}>
        {dated ? `${date} ` : null}
        <span className={mergeClasses(beside, expiry === 'fine' && styles.quiet)}>{days}</span>
      </span>
    </span>
  );
}
