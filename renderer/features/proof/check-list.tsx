import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  CheckmarkCircleFilled,
  ChevronDownRegular,
  ChevronUpRegular,
  CircleHintRegular,
  ClockRegular,
  DismissCircleFilled,
} from '@fluentui/react-icons';
import { useId, useState } from 'react';
import type { ReportView } from '../../../preload/contract.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { resultNames } from './report-text.ts';

type Check = NonNullable<ReportView['proof']>['checks'][number];

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  check: { borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke3}` },
  // A button that looks like a line of the list.
  line: {
    display: 'grid',
    gridTemplateColumns: '20px minmax(0, 1fr) auto 20px',
    columnGap: tokens.spacingHorizontalS,
    alignItems: 'center',
    width: '100%',
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalXXS}`,
    border: 'none',
    backgroundColor: 'transparent',
    color: 'inherit',
    font: 'inherit',
    textAlign: 'start',
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `${tokens.strokeWidthThick} solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  icon: { fontSize: '20px', display: 'flex' },
  passed: { color: tokens.colorStatusSuccessForeground1 },
  failed: { color: tokens.colorStatusDangerForeground3 },
  pending: { color: tokens.colorStatusWarningForeground1 },
  untestable: { color: tokens.colorNeutralForeground2 },
  name: { overflowWrap: 'anywhere' },
  more: {
    padding: `0 ${tokens.spacingHorizontalXXL} ${tokens.spacingVerticalS}`,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    overflowWrap: 'anywhere',
    userSelect: 'text',
  },
  evidence: { display: 'block' },
  script: {
    margin: `${tokens.spacingVerticalXS} 0 0`,
    padding: tokens.spacingHorizontalS,
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
    fontFamily: tokens.fontFamilyMonospace,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
  result: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
});

const icons = {
  passed: CheckmarkCircleFilled,
  failed: DismissCircleFilled,
  pending: ClockRegular,
  'not-testable': CircleHintRegular,
};

/** Sentence and script of an evidence that is to be run elsewhere: the script stands from the second line on. */
function partsOf({ evidence }: Check): { readonly sentence: string; readonly script: string | null } {
  const end = evidence.indexOf('\n');
  return end < 0 ? { sentence: evidence, script: null } : { sentence: evidence.slice(0, end), script: evidence.slice(end + 1) };
}

/** One check: a line, and on demand what shows it. What failed is open from the beginning. */
function CheckLine({ check }: { readonly check: Check }) {
  const { t, dateTime } = useTexts();
  const styles = useStyles();
  const more = useId();
  const [open, setOpen] = useState(check.result === 'failed');
  const colours = { passed: styles.passed, failed: styles.failed, pending: styles.pending, 'not-testable': styles.untestable };
  const Icon = icons[check.result];
  const { sentence, script } = partsOf(check);
  return (
    <li className={styles.check} data-check={check.check} data-result={check.result}>
      <button type="button" className={styles.line} aria-expanded={open} aria-controls={more} onClick={() => setOpen(!open)}>
        <span className={mergeClasses(styles.icon, colours[check.result])}>
          <Icon {...(check.result === 'passed' ? { 'aria-label': t(resultNames.passed) } : { 'aria-hidden': true })} />
        </span>
        <span className={styles.name}>{check.name}</span>
        <span className={styles.result}>{check.result === 'passed' ? null : t(resultNames[check.result])}</span>
        {open ? <ChevronUpRegular aria-hidden /> : <ChevronDownRegular aria-hidden />}
      </button>
      <div id={more} className={styles.more} hidden={!open}>
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
      </div>
    </li>
  );
}

/** Each check is one line; its evidence opens on demand. */
export function CheckList({ checks }: { readonly checks: readonly Check[] }) {
  const { t } = useTexts();
  const styles = useStyles();
  return (
    <ul className={styles.list} aria-label={t('setup.proof.checks')}>
      {checks.map((check) => (
        <CheckLine key={check.check} check={check} />
      ))}
    </ul>
  );
}
