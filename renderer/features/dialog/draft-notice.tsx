import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { useTexts } from '../../bridge/texts.tsx';
import type { KeptDraft } from './kept-draft.ts';

export interface DraftNoticeProps {
  readonly kept: KeptDraft;
  /** True for a credential that is stored. */
  readonly stored: boolean;
  readonly onStartAnew: () => void;
}

/** Says that the dialog goes on with what was typed before, and offers to begin anew. */
export function DraftNotice({ kept, stored, onStartAnew }: DraftNoticeProps) {
  const { t, dateTime } = useTexts();
  const time = dateTime(kept.at);
  return (
    <MessageBar intent="info" data-draft>
      <MessageBarBody>
        {t(stored ? 'dialog.draft.changes' : 'dialog.draft.new', { time })} {kept.fromFile ? t('dialog.draft.file') : null}
      </MessageBarBody>
      <MessageBarActions>
        <Button size="small" onClick={onStartAnew}>
          {t(stored ? 'dialog.draft.discard' : 'dialog.draft.anew')}
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}
