import { Button, Card, makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { CopyRegular, PhoneRegular } from '@fluentui/react-icons';
import { useTexts } from '../../app/texts.tsx';
import { CodeView } from './code-view.tsx';
import { Elapsed } from './elapsed.tsx';
import { LineList } from './line-list.tsx';
import type { Account, Code, Line } from './setup-state.ts';

const useStyles = makeStyles({
  text: { margin: 0 },
  card: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: tokens.spacingVerticalM },
  muted: { margin: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  ways: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

/** A sign-in under way, as any run has it. */
export interface SignInProgress {
  /** Null until main has named the run. */
  readonly run: string | null;
  readonly account: Account | null;
  readonly lines: readonly Line[];
  readonly codeAsked: boolean;
  readonly code: Code | null;
}

export interface SignInCardProps {
  readonly progress: SignInProgress;
  readonly onCopyAddress: () => void;
  readonly onUseCode: () => void;
}

/** Title of the page around the card. */
export function signInTitle({ account, codeAsked, code }: SignInProgress) {
  if (account !== null) return 'setup.reading.title';
  return codeAsked || code !== null ? 'setup.code.title' : 'setup.sign-in.title';
}

/** While the browser, or another device, has the word, and while the tenant is read after it. */
export function SignInCard({ progress, onCopyAddress, onUseCode }: SignInCardProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const { run, account, lines, codeAsked, code } = progress;
  const waitingForBrowser = (
    <>
      <p className={styles.text}>{t('setup.sign-in.hint')}</p>
      <p className={styles.text}>{t('setup.tenant.warning')}</p>
      <div className={styles.ways}>
        <Button icon={<CopyRegular />} onClick={onCopyAddress} disabledFocusable={run === null}>
          {t('setup.sign-in.copy')}
        </Button>
        <Button icon={<PhoneRegular />} onClick={onUseCode} disabledFocusable={run === null}>
          {t('setup.sign-in.code')}
        </Button>
      </div>
      <p className={styles.muted}>{t('setup.sign-in.copy.hint')}</p>
      <p className={styles.muted}>{t('setup.sign-in.code.hint')}</p>
    </>
  );
  return (
    <Card className={styles.card}>
      <Spinner size="tiny" labelPosition="after" label={<Elapsed />} />
      {account !== null ? (
        <LineList lines={lines} />
      ) : code !== null ? (
        <CodeView code={code} />
      ) : codeAsked ? (
        <p className={styles.text}>{t('setup.code.coming')}</p>
      ) : (
        waitingForBrowser
      )}
    </Card>
  );
}
