import { Link, makeStyles, tokens } from '@fluentui/react-components';
import { WarningFilled } from '@fluentui/react-icons';
import type { ReportView } from '../../../preload/contract.ts';
import { request } from '../../bridge/bridge.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { groupedThumbprint } from '../../parts/thumbprint.ts';
import { SheetStepRow, type SheetStepRowProps } from './sheet-step.tsx';
import { scriptOf, valuesOf, type TextStep } from './sheet-steps.ts';
import { ServerValue } from '../../parts/server-value.tsx';

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
  value: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere', userSelect: 'text' },
  warning: {
    display: 'grid',
    gridTemplateColumns: '16px minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalXS,
    color: tokens.colorStatusWarningForeground3,
    fontSize: tokens.fontSizeBase200,
  },
  warningIcon: { fontSize: '16px', lineHeight: 0 },
});

export interface SheetTextStepProps extends Pick<SheetStepRowProps, 'id' | 'number' | 'done' | 'next'> {
  readonly step: TextStep;
  readonly report: ReportView;
  readonly onTick: ((done: boolean) => void) | null;
}

/** A step that is told in words: where it is done, what is typed there, what it can do harm to. */
export function SheetTextStep({ step, report, ...row }: SheetTextStepProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const { id, text, place, warning, link } = step;
  const values = valuesOf(step, report.credential);
  const script = scriptOf(step, report.proof);
  const [only] = values;
  const alone = values.length === 1 ? only : undefined;
  const end = (
    <>
      {alone === undefined ? null : (
        <CopyButton
          what={t(alone.label)}
          label={t('dialog.copy.what', { what: t(alone.label) })}
          text={alone.value}
          appearance="secondary"
        />
      )}
      {script === null ? null : (
        <CopyButton what={t('setup.proof.script')} label={t('setup.sheet.copy-script')} text={script} appearance="secondary" />
      )}
    </>
  );
  const hasMore = place !== '' || warning !== '' || link !== null || values.length > 0;
  return (
    <SheetStepRow {...row} text={text} end={end}>
      {hasMore ? (
        <>
          {place === '' ? null : <span className={styles.quiet}>{place}</span>}
          {alone === undefined ? (
            values.map(({ name, label, value }) => (
              <ServerValue
                key={name}
                label={t(label)}
                value={value}
                {...(name === 'thumbprint' ? { shown: groupedThumbprint(value) } : {})}
              />
            ))
          ) : (
            <span className={styles.value}>{alone.value}</span>
          )}
          {link === null ? null : (
            <Link inline onClick={() => void request('sheet:open', { id: report.credential.id, step: id })}>
              {t('setup.sheet.open-link')}
            </Link>
          )}
          {warning === '' ? null : (
            <span className={styles.warning}>
              <WarningFilled className={styles.warningIcon} />
              {warning}
            </span>
          )}
        </>
      ) : null}
    </SheetStepRow>
  );
}
