import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useAnswer } from '../../bridge/outcome.ts';
import { useTexts } from '../../bridge/texts.tsx';

export interface MoveNoticeProps {
  /** Takes the move of this credential back. */
  readonly onBack: (credential: string) => void;
}

/** Runs of a server that fail since a credential has moved away from EWS, and the way back; one after the other. */
export function MoveNotice({ onBack }: MoveNoticeProps) {
  const { t } = useTexts();
  const { value } = useAnswer('server:findings', null, ['store:changed']);
  const [putAway, setPutAway] = useState<readonly string[]>([]);
  const failing = value?.filter(({ finding }) => finding === 'failing-after-move') ?? [];
  const first = failing.find(({ place, text }) => !putAway.includes(`${place} ${text}`));
  if (first === undefined || first.credential === null) return null;
  const { place, text, credential } = first;
  const dismiss = () => setPutAway((before) => [...before, `${place} ${text}`]);
  return (
    <MessageBar intent="error" layout="auto" data-move-notice>
      <MessageBarBody>
        <MessageBarTitle>{place}</MessageBarTitle> {text}
      </MessageBarBody>
      <MessageBarActions
        containerAction={<Button appearance="transparent" icon={<DismissRegular />} aria-label={t('app.dismiss')} onClick={dismiss} />}
      >
        <Button onClick={() => onBack(credential)}>{t('move.back')}</Button>
      </MessageBarActions>
    </MessageBar>
  );
}
