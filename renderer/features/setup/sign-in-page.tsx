import { Button, Card, makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { CopyRegular } from '@fluentui/react-icons';
import { useTexts } from '../../app/texts.tsx';
import { Elapsed } from './elapsed.tsx';
import { LineList } from './line-list.tsx';
import type { Stage } from './setup-state.ts';
import { StagePage } from './stage-page.tsx';

const useStyles = makeStyles({
  text: { margin: 0 },
  card: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: tokens.spacingVerticalM },
  muted: { margin: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

export interface SignInPageProps {
  readonly stage: Extract<Stage, { at: 'signing-in' }>;
  readonly onCopyAddress: () => void;
  readonly onCancel: () => void;
}

/** While the browser has the word, and while the tenant is read after it. */
export function SignInPage({ stage, onCopyAddress, onCancel }: SignInPageProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const { account, lines, run, cancelling } = stage;
  const actions = (
    <Button onClick={onCancel} disabledFocusable={cancelling || run === null}>
      {t('app.cancel')}
    </Button>
  );
  const signedIn = account !== null;
  return (
    <StagePage key={signedIn ? 'reading' : 'signing-in'} step="sign-in" title={t(signedIn ? 'setup.reading.title' : 'setup.sign-in.title')} actions={actions}>
      <Card className={styles.card}>
        <Spinner size="tiny" labelPosition="after" label={<Elapsed />} />
        {signedIn ? (
          <LineList lines={lines} />
        ) : (
          <>
            <p className={styles.text}>{t('setup.sign-in.hint')}</p>
            <p className={styles.text}>{t('setup.tenant.warning')}</p>
            <Button icon={<CopyRegular />} onClick={onCopyAddress} disabledFocusable={run === null}>
              {t('setup.sign-in.copy')}
            </Button>
            <p className={styles.muted}>{t('setup.sign-in.copy.hint')}</p>
          </>
        )}
      </Card>
      {cancelling ? <p className={styles.text}>{t('setup.apply.cancelling')}</p> : null}
    </StagePage>
  );
}
