import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkRegular, DismissRegular } from '@fluentui/react-icons';
import type { ReportView } from '../../../preload/contract.ts';
import { useTexts } from '../../app/texts.tsx';
import { groupedThumbprint } from '../dialog/thumbprint.ts';

type Check = NonNullable<ReportView['proof']>['checks'][number];
type Compared = NonNullable<Check['compared']>;

const useStyles = makeStyles({
  two: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(380px, 100%), 1fr))',
    gap: tokens.spacingHorizontalM,
    margin: 0,
  },
  side: {
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    padding: tokens.spacingHorizontalM,
  },
  where: {
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
  },
  hex: {
    margin: 0,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    overflowWrap: 'anywhere',
    userSelect: 'text',
  },
  dates: { margin: 0, fontSize: tokens.fontSizeBase200 },
  same: { color: tokens.colorStatusSuccessForeground1, display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXXS },
  other: { color: tokens.colorStatusDangerForeground1 },
});

const isSame = ({ here, there }: Compared) =>
  there !== null && here.thumbprint === there.thumbprint && Date.parse(here.notAfter) === Date.parse(there.notAfter);

/** G11: thumbprint and dates on both sides, so that nobody has to hold two windows side by side. */
export function Comparison({ compared, result }: { readonly compared: Compared; readonly result: Check['result'] }) {
  const { t, date } = useTexts();
  const styles = useStyles();
  const { here, there } = compared;
  const same = result === 'passed' && isSame(compared);
  const verdict = t(same ? 'setup.proof.identical' : there === null ? 'setup.proof.absent' : 'setup.proof.different');
  const dates = (side: Compared['here']) => `${date(side.notBefore)} – ${date(side.notAfter)}`;
  return (
    <dl className={styles.two} data-comparison={same ? 'identical' : 'different'}>
      <div className={styles.side}>
        <dt className={styles.where}>{t('setup.proof.here')}</dt>
        <dd className={styles.hex}>{groupedThumbprint(here.thumbprint)}</dd>
        <dd className={styles.dates}>{dates(here)}</dd>
      </div>
      <div className={styles.side}>
        <dt className={styles.where}>
          {t('setup.proof.there')}
          <span className={mergeClasses(styles.same, !same && styles.other)}>
            {same ? <CheckmarkRegular aria-hidden /> : <DismissRegular aria-hidden />} {verdict}
          </span>
        </dt>
        <dd className={styles.hex}>{there === null ? '–' : groupedThumbprint(there.thumbprint)}</dd>
        <dd className={styles.dates}>{there === null ? '–' : dates(there)}</dd>
      </div>
    </dl>
  );
}
