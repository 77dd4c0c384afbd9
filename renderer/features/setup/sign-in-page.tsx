import { Button, makeStyles } from '@fluentui/react-components';
import { useTexts } from '../../bridge/texts.tsx';
import type { Stage } from './setup-state.ts';
import { SignInCard, signInTitle, type SignInCardProps, StagePage } from '../../run/index.ts';

const useStyles = makeStyles({ text: { margin: 0 } });

export interface SignInPageProps extends Pick<SignInCardProps, 'tenant' | 'onCopyAddress' | 'onUseCode'> {
  readonly stage: Extract<Stage, { at: 'signing-in' }>;
  readonly onCancel: () => void;
}

/** While the browser has the word, and while the tenant is read after it. */
export function SignInPage({ stage, tenant, onCopyAddress, onUseCode, onCancel }: SignInPageProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const { run, cancelling } = stage;
  const actions = (
    <Button onClick={onCancel} disabledFocusable={cancelling || run === null}>
      {t('app.cancel')}
    </Button>
  );
  const title = signInTitle(stage);
  return (
    <StagePage key={title} title={t(title)} actions={actions}>
      <SignInCard progress={stage} tenant={tenant} onCopyAddress={onCopyAddress} onUseCode={onUseCode} />
      {cancelling ? <p className={styles.text}>{t('setup.apply.cancelling')}</p> : null}
    </StagePage>
  );
}
