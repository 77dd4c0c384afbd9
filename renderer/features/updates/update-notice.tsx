import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useTexts } from '../../bridge/texts.tsx';
import { UpdateActions, UpdateProgress } from './update-actions.tsx';
import { useUpdates } from './use-updates.ts';

/** A newer version, above the list; once it was put away it is quiet until the next step. */
export function UpdateNotice() {
  const { t } = useTexts();
  const state = useUpdates();
  const [dismissed, setDismissed] = useState<string | null>(null);
  if (state === null || (state.kind !== 'available' && state.kind !== 'ready' && state.kind !== 'downloading')) return null;
  if (dismissed === state.kind) return null;
  return (
    <MessageBar intent="info" layout="auto" data-update={state.kind}>
      <MessageBarBody>
        <UpdateProgress state={state} />
      </MessageBarBody>
      <MessageBarActions
        containerAction={
          <Button
            appearance="transparent"
            icon={<DismissRegular />}
            aria-label={t('app.dismiss')}
            onClick={() => setDismissed(state.kind)}
          />
        }
      >
        <UpdateActions state={state} />
      </MessageBarActions>
    </MessageBar>
  );
}
