import { Button, makeStyles, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { CredentialRow, ReportView } from '../../../preload/contract.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { useFocusReturn } from '../../parts/use-focus-return.ts';
import { CertificateDialog } from './certificate-dialog.tsx';
import { PasswordDialog } from './password-dialog.tsx';
import { wayOf, wayTexts } from './ways.ts';

const useStyles = makeStyles({ ways: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS } });

type Checks = NonNullable<ReportView['proof']>['checks'];

export interface ServerWaysProps {
  readonly row: CredentialRow;
  /** Of the proof that is shown. */
  readonly checks: Checks;
  /** Verifies again. */
  readonly onAgain: () => void;
  /** To what is left to do in the server. */
  readonly onContinue: () => void;
}

interface LinkedProps extends ServerWaysProps {
  readonly server: NonNullable<CredentialRow['inServer']>;
}

function Linked({ row, server, checks, onAgain, onContinue }: LinkedProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const [open, setOpen] = useState<'password' | 'certificate' | null>(null);
  const around = useFocusReturn<HTMLSpanElement>(open !== null);
  const silent = checks.find(({ fault }) => fault?.startsWith('server.') === true);
  const way = wayOf(silent?.fault);
  const other = checks.some(({ check, result }) => check === 'server-certificate' && result === 'failed');
  if (silent === undefined && !other) return null;
  const answered = (done: boolean) => {
    setOpen(null);
    if (done) onAgain();
  };
  return (
    <div className={styles.ways}>
      {silent === undefined ? null : (
        <MessageBar intent="warning" layout="multiline" data-server-way={way ?? 'again'}>
          <MessageBarBody>{silent.evidence}</MessageBarBody>
          <MessageBarActions>
            <span ref={around}>
              <Button onClick={() => (way === null ? onAgain() : setOpen(way))}>{t(wayTexts[way ?? 'again'])}</Button>
            </span>
          </MessageBarActions>
        </MessageBar>
      )}
      {other ? (
        <MessageBar intent="error" layout="multiline" data-server-way="continue">
          <MessageBarBody>
            <MessageBarTitle>{t('asked.other.title')}</MessageBarTitle>{' '}
            {t(row.custody === 'external' ? 'asked.other.external' : 'asked.other.keyring')}
          </MessageBarBody>
          <MessageBarActions>
            <Button onClick={onContinue}>{t('asked.other.continue')}</Button>
          </MessageBarActions>
        </MessageBar>
      ) : null}
      {open === 'password' ? <PasswordDialog server={server} onClose={answered} /> : null}
      {open === 'certificate' ? <CertificateDialog server={server} onClose={answered} /> : null}
    </div>
  );
}

/** Over a proof: why its server said nothing, or what it holds instead, each with the button that leads on. */
export function ServerWays(props: ServerWaysProps) {
  const { inServer: server } = props.row;
  return server === undefined ? null : <Linked {...props} server={server} />;
}
