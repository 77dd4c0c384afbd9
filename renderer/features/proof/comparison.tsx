import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkCircleFilled, CircleHalfFillRegular, DismissCircleFilled, PersonAvailableRegular } from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import type { CredentialRow, ReportView } from '../../../preload/contract.ts';
import { useServer } from '../../bridge/servers.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { groupedThumbprint } from '../../parts/thumbprint.ts';
import { isConfirmed } from '../state/index.ts';

type Check = NonNullable<ReportView['proof']>['checks'][number];
type Compared = NonNullable<Check['compared']>;

const useStyles = makeStyles({
  card: { border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  name: { fontWeight: tokens.fontWeightSemibold },
  hex: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere', userSelect: 'text' },
  end: { marginLeft: 'auto', color: tokens.colorNeutralForeground2 },
  sides: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(180px, 100%), 1fr))', margin: 0 },
  side: {
    display: 'grid',
    gridTemplateColumns: '20px minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalS,
    padding: tokens.spacingHorizontalM,
  },
  icon: { fontSize: '20px', display: 'flex', gridRowStart: 1, gridRowEnd: 3 },
  where: { fontWeight: tokens.fontWeightSemibold },
  what: { margin: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
  good: { color: tokens.colorStatusSuccessForeground1 },
  bad: { color: tokens.colorStatusDangerForeground3 },
  open: { color: tokens.colorBrandForeground1 },
  word: { color: tokens.colorNeutralForeground2 },
});

type Tone = 'good' | 'bad' | 'open' | 'word';
const icons: Readonly<Record<Tone, ReactElement>> = {
  good: <CheckmarkCircleFilled />,
  bad: <DismissCircleFilled />,
  open: <CircleHalfFillRegular />,
  word: <PersonAvailableRegular />,
};

const isSame = ({ here, there }: Compared) =>
  there !== null && here.thumbprint === there.thumbprint && Date.parse(here.notAfter) === Date.parse(there.notAfter);

function Side({ where, tone, children }: { readonly where: string; readonly tone: Tone; readonly children: string }) {
  const styles = useStyles();
  return (
    <div className={styles.side}>
      <span className={mergeClasses(styles.icon, styles[tone])} aria-hidden>
        {icons[tone]}
      </span>
      <dt className={styles.where}>{where}</dt>
      <dd className={styles.what}>{children}</dd>
    </div>
  );
}

export interface ComparisonProps {
  readonly row: CredentialRow;
  readonly compared: Compared;
  readonly result: Check['result'];
}

/** G11: the certificate once, and whether each side has the same; a side that differs says what it has. */
export function Comparison({ row, compared, result }: ComparisonProps) {
  const { t, date } = useTexts();
  const styles = useStyles();
  const server = useServer(row.server);
  const { here, there } = compared;
  const same = result === 'passed' && isSame(compared);
  const ours = row.custody === 'keyring';
  const confirmed = isConfirmed(row);
  const theirs = there === null ? t('setup.proof.absent') : `${groupedThumbprint(there.thumbprint)}, ${date(there.notAfter)}`;
  return (
    <div className={styles.card} data-comparison={same ? 'identical' : 'different'}>
      <div className={styles.head}>
        <span className={styles.name}>{t('field.certificate')}</span>
        <span className={styles.hex}>{groupedThumbprint(here.thumbprint)}</span>
        <CopyButton what={t('dialog.details.thumbprint')} text={here.thumbprint} />
        <span className={styles.end}>{t('change.note.expires', { end: date(here.notAfter) })}</span>
      </div>
      <dl className={styles.sides}>
        {ours ? (
          <Side where={t('setup.proof.here')} tone="good">
            {t('setup.proof.with-key')}
          </Side>
        ) : null}
        <Side where={t('setup.proof.there')} tone={same ? 'good' : 'bad'}>
          {same ? t('setup.proof.identical') : theirs}
        </Side>
        <Side where={server.name} tone={confirmed ? 'word' : 'open'}>
          {t(confirmed ? 'setup.proof.confirmed' : ours ? 'setup.proof.not-there-yet' : 'setup.proof.not-confirmed')}
        </Side>
      </dl>
    </div>
  );
}
