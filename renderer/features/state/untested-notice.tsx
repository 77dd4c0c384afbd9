import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { CircleHintRegular, DismissRegular } from '@fluentui/react-icons';
import type { CredentialRow } from '../../../preload/contract.ts';
import { useTexts } from '../../bridge/texts.tsx';
import type { Texts } from '../../bridge/translate.ts';

/** The last evidence there is, with its date: it stands. */
function lastEvidence({ name, handover, provenAt }: CredentialRow, { t, date, dateTime }: Texts): string {
  if (handover !== null && (provenAt === null || handover.confirmedAt >= provenAt))
    return t('manager.untested.confirmed', { name, by: handover.by, date: date(handover.confirmedAt) });
  return provenAt === null ? t('manager.untested.never', { name }) : t('manager.untested.passed', { name, time: dateTime(provenAt) });
}

const isLinked = ({ inServer: server }: CredentialRow): boolean => server !== undefined;

export interface UntestedNoticeProps {
  readonly row: CredentialRow;
  readonly onSignIn: () => void;
  readonly onDismiss: () => void;
  /** Its server can be asked, or made known; absent where its software cannot be asked at all. */
  readonly onServer?: (() => void) | undefined;
}

/** Grey: nobody could see anything of this credential from here, so nothing is said of it but what was known; an administrator can. */
export function UntestedNotice({ row, onSignIn, onDismiss, onServer }: UntestedNoticeProps) {
  const texts = useTexts();
  const { t } = texts;
  return (
    <MessageBar intent="info" icon={<CircleHintRegular />} layout="auto" data-untested>
      <MessageBarBody>
        <MessageBarTitle>{t('manager.untested', { key: row.custody === 'external' ? 'server' : 'other' })}</MessageBarTitle>{' '}
        {lastEvidence(row, texts)}
      </MessageBarBody>
      <MessageBarActions
        containerAction={<Button appearance="transparent" icon={<DismissRegular />} aria-label={t('app.dismiss')} onClick={onDismiss} />}
      >
        {onServer === undefined ? null : <Button onClick={onServer}>{t(isLinked(row) ? 'asked.ask' : 'asked.link')}</Button>}
        {row.clientId === null ? null : <Button onClick={onSignIn}>{t('verification.sign-in')}</Button>}
      </MessageBarActions>
    </MessageBar>
  );
}
