import { Button, makeStyles, typographyStyles } from '@fluentui/react-components';
import { useTexts } from '../../app/texts.tsx';
import { CopyButton } from '../dialog/copy-button.tsx';
import { shortThumbprint } from '../dialog/thumbprint.ts';
import type { Stage } from './setup-state.ts';
import { StagePage } from './stage-page.tsx';

const useStyles = makeStyles({
  text: { margin: 0, whiteSpace: 'pre-line', overflowWrap: 'anywhere', userSelect: 'text' },
  heading: { ...typographyStyles.body1Strong, margin: 0 },
});

export interface FinishPageProps {
  readonly stage: Extract<Stage, { at: 'finish' }>;
  readonly onClose: () => void;
}

/** G20: the tokens are dropped; what stays in browser and tenant, and how to remove it. */
export function FinishPage({ stage, onClose }: FinishPageProps) {
  const { t, dateTime } = useTexts();
  const styles = useStyles();
  const { report, stays } = stage;
  const { handover, certificate } = report.credential;
  const current = handover !== null && handover.thumbprint === certificate?.thumbprint;
  const buttons = (
    <Button appearance="primary" onClick={onClose}>
      {t('app.close')}
    </Button>
  );
  return (
    <StagePage step="server" title={t('setup.finish.title')} actions={buttons}>
      <p className={styles.text}>
        {current
          ? t('setup.finish.handed-over', {
              by: handover.by,
              at: dateTime(handover.confirmedAt),
              thumbprint: shortThumbprint(handover.thumbprint),
            })
          : t('setup.finish.not-handed-over')}
      </p>
      {stays === null ? null : (
        <section>
          <h3 className={styles.heading}>{t('setup.finish.stays')}</h3>
          <p className={styles.text} data-stays>
            {stays}
          </p>
          <CopyButton what={t('setup.finish.text')} label={t('setup.finish.copy')} text={stays} />
        </section>
      )}
    </StagePage>
  );
}
