import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkCircleFilled, CircleHalfFillRegular, CircleHintRegular, ClockFilled, DismissCircleFilled } from '@fluentui/react-icons';
import type { ReportView } from '../../../preload/contract.ts';
import { useTexts } from '../../app/texts.tsx';
import { toneOf, verdictOf } from './verdict.ts';

const useStyles = makeStyles({
  title: { display: 'flex', gap: tokens.spacingHorizontalS, alignItems: 'flex-start' },
  icon: { flexShrink: 0, fontSize: '28px' },
  good: { color: tokens.colorStatusSuccessForeground1 },
  open: { color: tokens.colorBrandForeground1 },
  bad: { color: tokens.colorStatusDangerForeground1 },
  waiting: {},
  unknown: { color: tokens.colorNeutralForeground2 },
});

const icons = {
  good: CheckmarkCircleFilled,
  open: CircleHalfFillRegular,
  bad: DismissCircleFilled,
  waiting: ClockFilled,
  unknown: CircleHintRegular,
};

/** The one verdict on a proof, as the title of its page: green only where everything was proven. */
export function VerdictTitle({ report }: { readonly report: ReportView }) {
  const texts = useTexts();
  const styles = useStyles();
  const verdict = verdictOf(report, texts);
  const tone = toneOf(report);
  const Icon = icons[tone];
  return (
    <span className={mergeClasses(styles.title, styles[tone])} data-tone={tone}>
      <Icon className={styles.icon} aria-hidden />
      {texts.t(verdict.key, verdict.params)}
    </span>
  );
}
