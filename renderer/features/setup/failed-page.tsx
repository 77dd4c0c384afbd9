import { Button, makeStyles, typographyStyles } from '@fluentui/react-components';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { useTexts } from '../../bridge/texts.tsx';
import { LineList, StagePage } from '../../run/index.ts';
import type { Intent, Stage } from './setup-state.ts';
import type { SetupActions } from './use-setup.ts';

const useStyles = makeStyles({ heading: { ...typographyStyles.body1Strong, margin: 0 } });

export interface FailedPageProps {
  readonly intent: Intent;
  readonly stage: Extract<Stage, { at: 'failed' }>;
  readonly actions: SetupActions;
  readonly onClose: () => void;
}

/** What happened, what to do, what was done so far, and the way on: the same set-up again continues. */
export function FailedPage({ intent, stage, actions, onClose }: FailedPageProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const { fault, lines } = stage;
  const stopped = fault.code === 'interrupted';
  const again = fault.retryable || stopped;
  const buttons = (
    <>
      {again ? (
        <Button appearance="primary" onClick={() => actions.begin(intent)}>
          {t(stopped ? 'setup.failed.continue' : 'app.retry')}
        </Button>
      ) : null}
      <Button appearance={again ? 'secondary' : 'primary'} onClick={actions.toSignIn}>
        {t('setup.failed.sign-in')}
      </Button>
      <Button onClick={onClose}>{t('app.close')}</Button>
    </>
  );
  return (
    <StagePage title={t(stopped ? 'setup.failed.stopped' : 'setup.failed.title')} actions={buttons}>
      <FaultBar fault={fault} />
      {lines.length === 0 ? null : (
        <section>
          <h3 className={styles.heading}>{t('setup.failed.done')}</h3>
          <LineList lines={lines} />
        </section>
      )}
    </StagePage>
  );
}
