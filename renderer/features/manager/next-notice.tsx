import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import type { CredentialRow } from '../../../preload/contract.ts';
import { useTexts } from '../../bridge/texts.tsx';

/** What takes a dialog of its own for each credential, and those that have not had theirs yet. */
export interface Queue {
  readonly dialog: 'rotation' | 'export';
  readonly rows: readonly CredentialRow[];
}

export interface NextNoticeProps {
  readonly queue: Queue;
  readonly onNext: () => void;
  readonly onDismiss: () => void;
}

/** After one of several: the next one, when the person wants it. */
export function NextNotice({ queue: { dialog, rows }, onNext, onDismiss }: NextNoticeProps) {
  const { t } = useTexts();
  return (
    <MessageBar intent="info" layout="auto" data-next>
      <MessageBarBody>{t(`manager.next.${dialog}`, { count: rows.length, name: rows[0]?.name ?? '' })}</MessageBarBody>
      <MessageBarActions
        containerAction={<Button appearance="transparent" icon={<DismissRegular />} aria-label={t('app.dismiss')} onClick={onDismiss} />}
      >
        <Button onClick={onNext}>{t('manager.next.go-on')}</Button>
      </MessageBarActions>
    </MessageBar>
  );
}
