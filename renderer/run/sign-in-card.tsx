import { Button, Card, makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { CopyRegular, PhoneRegular } from '@fluentui/react-icons';
import { useId } from 'react';
import { useTexts } from '../bridge/texts.tsx';
import { CodeView } from './code-view.tsx';
import { Elapsed } from './elapsed.tsx';
import { LineList } from './line-list.tsx';
import type { Account, Code, Line } from './lines.ts';
import { TimeLeft } from './time-left.tsx';

const useStyles = makeStyles({
  text: { margin: 0 },
  card: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: tokens.spacingVerticalM },
  muted: { margin: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  ways: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXL },
  way: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: tokens.spacingVerticalXS },
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
  /** Domain, name or id of the tenant that somebody is to sign in to; empty where it is that of the account. */
  readonly tenant: string;
  readonly onCopyAddress: () => void;
  readonly onUseCode: () => void;
}

/** Title of the page around the card. */
export function signInTitle({ account, codeAsked, code }: SignInProgress) {
  if (account !== null) return 'setup.reading.title';
  return codeAsked || code !== null ? 'setup.code.title' : 'setup.sign-in.title';
}

/** While the browser, or another device, has the word, and while the tenant is read after it. */
export function SignInCard({ progress, tenant, onCopyAddress, onUseCode }: SignInCardProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const copyHint = useId();
  const codeHint = useId();
  const { run, account, lines, codeAsked, code } = progress;
  const browser = account === null && code === null && !codeAsked;
  const waitingForBrowser = (
    <>
      <p className={styles.text}>{tenant === '' ? t('setup.sign-in.as-any') : t('setup.sign-in.as', { tenant })}</p>
      <p className={styles.muted}>
        {t('setup.sign-in.hint')} {t('setup.sign-in.loopback')}
      </p>
      <TimeLeft />
      <div className={styles.ways}>
        <div className={styles.way}>
          <Button icon={<CopyRegular />} aria-describedby={copyHint} onClick={onCopyAddress} disabledFocusable={run === null}>
            {t('setup.sign-in.copy')}
          </Button>
          <span id={copyHint} className={styles.muted}>
            {t('setup.sign-in.copy.hint')}
          </span>
        </div>
        <div className={styles.way}>
          <Button icon={<PhoneRegular />} aria-describedby={codeHint} onClick={onUseCode} disabledFocusable={run === null}>
            {t('setup.sign-in.code')}
          </Button>
          <span id={codeHint} className={styles.muted}>
            {t('setup.sign-in.code.hint')}
          </span>
        </div>
      </div>
    </>
  );
  return (
    <Card className={styles.card}>
      {browser ? null : <Spinner size="tiny" labelPosition="after" label={<Elapsed />} />}
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
