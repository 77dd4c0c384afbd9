import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  ProgressBar,
  tokens,
} from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import type { CredentialRow } from '../../../preload/contract.ts';
import { useServer } from '../../bridge/servers.ts';
import { useTexts } from '../../bridge/texts.tsx';
import type { Removed } from '../remove/index.ts';
import { isUntested } from '../proof/index.ts';
import { UntestedNotice } from '../state/index.ts';
import type { Verification } from './use-verification.ts';
import { done, verifiedText } from './verified-text.ts';

const useStyles = makeStyles({
  progress: { marginTop: tokens.spacingVerticalXS, maxWidth: '360px' },
});

export interface VerificationNoticeProps {
  readonly verification: Verification;
  readonly onCancel: () => void;
  readonly onSignIn: (row: CredentialRow) => void;
  /** To what the server that holds it says. */
  readonly onServer: (row: CredentialRow) => void;
  readonly onDismiss: () => void;
}

/** Green only where every one was proven. */
function intentOf({ ids, proven, bad, refused }: Verification) {
  if (bad + refused.length > 0) return 'warning';
  return proven === ids.length ? 'success' : 'info';
}

/** Verify under way, with its Cancel, and what it ended with. */
export function VerificationNotice({ verification, onCancel, onSignIn, onServer, onDismiss }: VerificationNoticeProps) {
  const texts = useTexts();
  const styles = useStyles();
  const { t } = texts;
  const { ids, ended, refused, last } = verification;
  const software = useServer(last?.credential.server ?? '');
  if (!ended) {
    return (
      <MessageBar intent="info">
        <MessageBarBody>
          {t('manager.verifying', { done: done(verification), total: ids.length })}
          <ProgressBar className={styles.progress} value={done(verification)} max={ids.length} aria-label={t('manager.verifying.row')} />
        </MessageBarBody>
        <MessageBarActions>
          <Button onClick={onCancel}>{t('app.cancel')}</Button>
        </MessageBarActions>
      </MessageBar>
    );
  }
  if (ids.length === 1 && last !== null && isUntested(last.proof))
    return (
      <UntestedNotice
        row={last.credential}
        onSignIn={() => onSignIn(last.credential)}
        onServer={software.asked ? () => onServer(last.credential) : undefined}
        onDismiss={onDismiss}
      />
    );
  return (
    <MessageBar intent={intentOf(verification)} layout="auto" data-verified>
      <MessageBarBody>
        <MessageBarTitle>{verifiedText(verification, texts)}</MessageBarTitle>
        {refused[0] === undefined ? null : ` ${refused[0].message} ${refused[0].fix} ${t('app.reference')} ${refused[0].correlationId}`}
      </MessageBarBody>
      <MessageBarActions
        containerAction={<Button appearance="transparent" icon={<DismissRegular />} aria-label={t('app.dismiss')} onClick={onDismiss} />}
      />
    </MessageBar>
  );
}

export interface RemovedNoticeProps {
  readonly removed: Removed;
  readonly onUndo: () => void;
  readonly onDismiss: () => void;
}

/** What was deleted, and Undo while it can be undone. */
export function RemovedNotice({ removed, onUndo, onDismiss }: RemovedNoticeProps) {
  const { t } = useTexts();
  const [first] = removed.rows;
  return (
    <MessageBar intent="info">
      <MessageBarBody>
        <MessageBarTitle>{t('manager.removed', { count: removed.rows.length, name: first?.name ?? '' })}</MessageBarTitle>
        {` ${t(removed.purged ? 'manager.removed.purged' : removed.registration ? 'manager.removed.registration' : 'manager.removed.kept')}`}
      </MessageBarBody>
      <MessageBarActions
        containerAction={<Button appearance="transparent" icon={<DismissRegular />} aria-label={t('app.dismiss')} onClick={onDismiss} />}
      >
        {removed.purged ? null : (
          <Button aria-keyshortcuts="Control+Z" onClick={onUndo}>
            {t(removed.registration ? 'manager.undo.sign-in' : 'manager.undo')}
          </Button>
        )}
      </MessageBarActions>
    </MessageBar>
  );
}
