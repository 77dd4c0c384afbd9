import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkCircleFilled, CircleHalfFillRegular, CircleHintRegular, ClockFilled, DismissCircleFilled } from '@fluentui/react-icons';
import type { ReportView } from '../../../preload/contract.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { toneOf, verdictOf, type Verdict } from './verdict.ts';

const useStyles = makeStyles({
  title: { display: 'flex', gap: tokens.spacingHorizontalS, alignItems: 'flex-start' },
  icon: { flexShrink: 0, fontSize: '28px' },
  good: { color: tokens.colorStatusSuccessForeground1 },
  open: { color: tokens.colorBrandForeground1 },
  bad: { color: tokens.colorStatusDangerForeground3 },
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

export interface VerdictTitleProps {
  readonly report: ReportView;
  /** Name of the server in which the rest is done; null where that is not what follows. */
  readonly finishIn?: string | null;
}

/** The one verdict on a proof, as the title of its page: green only where everything was proven. */
export function VerdictTitle({ report, finishIn = null }: VerdictTitleProps) {
  const texts = useTexts();
  const styles = useStyles();
  const tone = toneOf(report);
  const { tenantName, name } = report.credential;
  const verdict: Verdict =
    finishIn !== null && tone === 'open'
      ? { key: 'setup.proof.finish', params: { tenant: tenantName || name, server: finishIn } }
      : verdictOf(report, texts);
  const Icon = icons[tone];
  return (
    <span className={mergeClasses(styles.title, styles[tone])} data-tone={tone}>
      <Icon className={styles.icon} aria-hidden />
      {texts.t(verdict.key, verdict.params)}
    </span>
  );
}
