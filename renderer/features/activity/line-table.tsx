import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkCircleFilled, ErrorCircleFilled, QuestionCircleFilled } from '@fluentui/react-icons';
import { useTexts } from '../../bridge/texts.tsx';
import type { Texts } from '../../bridge/translate.ts';
import type { AuditLine } from './lines.ts';

const useStyles = makeStyles({
  frame: {
    overflowX: 'auto',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  table: { width: '100%', borderCollapse: 'collapse' },
  head: {
    textAlign: 'start',
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    backgroundColor: tokens.colorNeutralBackground2,
    whiteSpace: 'nowrap',
  },
  cell: {
    padding: `${tokens.spacingVerticalSNudge} ${tokens.spacingHorizontalM}`,
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    verticalAlign: 'top',
    userSelect: 'text',
  },
  fixed: { whiteSpace: 'nowrap' },
  mono: {
    display: 'block',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
    overflowWrap: 'anywhere',
  },
  phase: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  done: { color: tokens.colorStatusSuccessForeground2 },
  failed: { color: tokens.colorStatusDangerForeground3 },
  open: { color: tokens.colorStatusWarningForeground2 },
});

/** What was changed, in words; a kind that has no words yet stands as it is. */
export function changeWords(line: AuditLine, { t, has }: Texts): string {
  const key = `activity.change.${line.change}`;
  return has(key) ? t(key) : line.change;
}

export function phaseWords({ phase }: AuditLine, { t }: Texts): string {
  if (phase === 'done') return t('activity.phase.done');
  if (phase === 'failed') return t('activity.phase.failed');
  return phase === 'intent' ? t('activity.phase.intent') : t('activity.phase.uncertain');
}

export interface LineTableProps {
  readonly lines: readonly AuditLine[];
  readonly label: string;
  /** False where all lines are of one credential. */
  readonly withCredential?: boolean;
}

/** Lines of the audit trail. */
export function LineTable({ lines, label, withCredential = true }: LineTableProps) {
  const texts = useTexts();
  const styles = useStyles();
  const { t, dateTime } = texts;
  const heads = [
    'activity.time',
    ...(withCredential ? (['activity.credential'] as const) : []),
    'activity.step',
    'activity.what',
    'activity.outcome',
    'activity.by',
  ] as const;
  return (
    // It scrolls sideways where there is no room, so the keyboard has to reach it.
    <div className={styles.frame} role="group" aria-label={label} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col" className={styles.head}>
                {t(head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            <tr key={`${line.at} ${index}`} data-phase={line.phase}>
              <td className={mergeClasses(styles.cell, styles.fixed)}>{dateTime(line.at)}</td>
              {withCredential ? <td className={styles.cell}>{line.credential}</td> : null}
              <td className={styles.cell}>{line.step ?? t('manager.none')}</td>
              <td className={styles.cell}>
                {changeWords(line, texts)}
                {line.target === null ? null : <span className={styles.mono}>{line.target}</span>}
              </td>
              <td className={mergeClasses(styles.cell, styles.fixed)}>
                <Phase line={line} />
              </td>
              <td className={styles.cell}>{line.actor}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Phase({ line }: { readonly line: AuditLine }) {
  const texts = useTexts();
  const styles = useStyles();
  const { phase } = line;
  const words = phaseWords(line, texts);
  if (phase === 'done') {
    return (
      <span className={mergeClasses(styles.phase, styles.done)}>
        <CheckmarkCircleFilled aria-hidden /> {words}
      </span>
    );
  }
  return (
    <span className={mergeClasses(styles.phase, phase === 'failed' ? styles.failed : styles.open)}>
      {phase === 'failed' ? <ErrorCircleFilled aria-hidden /> : <QuestionCircleFilled aria-hidden />} {words}
    </span>
  );
}
