import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkCircleFilled, ErrorCircleFilled } from '@fluentui/react-icons';
import type { Output } from '../../../preload/contract.ts';
import { useTexts } from '../../bridge/texts.tsx';

export type Line = Output<'track:add'>['lines'][number];

const useStyles = makeStyles({
  frame: {
    overflow: 'auto',
    maxHeight: '320px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  table: { width: '100%', borderCollapse: 'collapse' },
  head: {
    position: 'sticky',
    top: 0,
    textAlign: 'start',
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    backgroundColor: tokens.colorNeutralBackground2,
    whiteSpace: 'nowrap',
  },
  cell: {
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`,
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    verticalAlign: 'top',
    overflowWrap: 'anywhere',
    userSelect: 'text',
  },
  fixed: { whiteSpace: 'nowrap', overflowWrap: 'normal' },
  name: { minWidth: '110px' },
  quiet: {
    display: 'block',
    whiteSpace: 'nowrap',
    '@media (max-width: 800px)': { whiteSpace: 'normal' },
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
  },
  state: { display: 'flex', gap: tokens.spacingHorizontalXS },
  icon: { display: 'flex', flexShrink: 0, fontSize: '16px', paddingTop: '2px' },
  good: { color: tokens.colorStatusSuccessForeground1 },
  bad: { color: tokens.colorStatusDangerForeground3 },
});

/** So many lines are drawn; those with a problem come first, so none of them is left out before a good one. */
const most = 300;

/** The lines of a file, each with its number and what is to be said of it. */
export function LineTable({ lines }: { readonly lines: readonly Line[] }) {
  const { t, date } = useTexts();
  const styles = useStyles();
  const inOrder = lines.toSorted((one, other) => Number(one.problem === null) - Number(other.problem === null));
  const shown = inOrder.slice(0, most);
  const heads = [t('track-dialog.line'), t('field.name'), t('field.expires'), t('field.state')];
  return (
    <>
      {/* It scrolls where there is no room, so the keyboard has to reach it. */}
      <div className={styles.frame} role="group" aria-label={t('track-dialog.lines')} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col" className={styles.head}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ line, name, tenant, certificate, problem }) => (
              <tr key={line} data-line={line} data-good={problem === null}>
                <td className={mergeClasses(styles.cell, styles.fixed)}>{line}</td>
                <td className={mergeClasses(styles.cell, styles.name)}>
                  {name === '' ? t('manager.none') : name}
                  <span className={styles.quiet}>{tenant}</span>
                </td>
                <td className={mergeClasses(styles.cell, styles.fixed)}>
                  {certificate === null ? t('manager.none') : date(certificate.notAfter)}
                </td>
                <td className={styles.cell}>
                  <span className={styles.state}>
                    <span className={mergeClasses(styles.icon, problem === null ? styles.good : styles.bad)}>
                      {problem === null ? <CheckmarkCircleFilled aria-hidden /> : <ErrorCircleFilled aria-hidden />}
                    </span>
                    <span>{problem ?? t('track-dialog.good')}</span>
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {inOrder.length > most ? <span>{t('track-dialog.file.more', { count: inOrder.length - most })}</span> : null}
    </>
  );
}
