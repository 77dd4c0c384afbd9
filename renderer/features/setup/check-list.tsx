import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkCircleRegular, ClockRegular, DismissCircleRegular, QuestionCircleRegular } from '@fluentui/react-icons';
import type { ReportView } from '../../../preload/contract.ts';
import { useTexts } from '../../app/texts.tsx';
import { CopyButton } from '../dialog/copy-button.tsx';
import { resultNames } from './report-text.ts';

type Check = NonNullable<ReportView['proof']>['checks'][number];

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  check: {
    display: 'grid',
    gridTemplateColumns: '20px minmax(0, 1fr) auto',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalSNudge} 0`,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke3}`,
  },
  icon: { fontSize: '20px', display: 'flex' },
  passed: { color: tokens.colorStatusSuccessForeground1 },
  failed: { color: tokens.colorStatusDangerForeground1 },
  pending: { color: tokens.colorStatusWarningForeground1 },
  untestable: { color: tokens.colorNeutralForeground2 },
  evidence: {
    display: 'block',
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    overflowWrap: 'anywhere',
    userSelect: 'text',
  },
  script: {
    margin: `${tokens.spacingVerticalXS} 0 0`,
    padding: tokens.spacingHorizontalS,
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    userSelect: 'text',
  },
  result: { alignSelf: 'start', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, whiteSpace: 'nowrap' },
});

const icons = {
  passed: CheckmarkCircleRegular,
  failed: DismissCircleRegular,
  pending: ClockRegular,
  'not-testable': QuestionCircleRegular,
};

/** Sentence and script of an evidence that is to be run elsewhere: the script stands from the second line on. */
function partsOf({ evidence }: Check): { readonly sentence: string; readonly script: string | null } {
  const end = evidence.indexOf('\n');
  return end < 0 ? { sentence: evidence, script: null } : { sentence: evidence.slice(0, end), script: evidence.slice(end + 1) };
}

/** Each check with its result and its evidence, never the one without the other. */
export function CheckList({ checks }: { readonly checks: readonly Check[] }) {
  const { t, dateTime } = useTexts();
  const styles = useStyles();
  const colours = { passed: styles.passed, failed: styles.failed, pending: styles.pending, 'not-testable': styles.untestable };
  return (
    <ul className={styles.list} aria-label={t('setup.proof.checks')}>
      {checks.map((check) => {
        const Icon = icons[check.result];
        const { sentence, script } = partsOf(check);
        return (
          <li key={check.check} className={styles.check} data-check={check.check} data-result={check.result}>
            <span className={mergeClasses(styles.icon, colours[check.result])}>
              <Icon aria-hidden />
            </span>
            <span>
              {check.name}
              <span className={styles.evidence}>{sentence}</span>
              {check.passedAt === undefined ? null : (
                <span className={styles.evidence} data-passed-before>
                  {t('check.passed-before', { time: dateTime(check.passedAt) })}
                </span>
              )}
              {script === null ? null : (
                <>
                  <pre className={styles.script}>{script}</pre>
                  <CopyButton what={t('setup.proof.script')} label={t('setup.proof.copy-script')} text={script} />
                </>
              )}
            </span>
            <span className={styles.result}>{t(resultNames[check.result])}</span>
          </li>
        );
      })}
    </ul>
  );
}
