import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import { useEffect } from 'react';
import type { Output } from '../../../preload/contract.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { useAnnounce } from '../../parts/announce.tsx';

/** What was just written or read. */
export type Done =
  | ({ readonly kind: 'script' } & NonNullable<Output<'ews:save-script'>>)
  | ({ readonly kind: 'result' } & NonNullable<Output<'ews:read-result'>>)
  | ({ readonly kind: 'usage' } & NonNullable<Output<'ews:add-usage'>>);

function useWords(done: Done): string {
  const { t, dateTime } = useTexts();
  if (done.kind === 'script') return t('ews-page.script.saved', { path: done.path });
  if (done.kind === 'usage') return t('ews-page.usage', { name: done.name, applications: done.applications });
  return t(`ews-page.result.${done.about}`, { tenant: done.tenantName, time: dateTime(done.readAt) });
}

/** Where the script is and what is done with it, or which result was read; said aloud. */
export function DoneNotice({ done, onDismiss }: { readonly done: Done; readonly onDismiss: () => void }) {
  const { t } = useTexts();
  const announce = useAnnounce();
  const words = useWords(done);
  useEffect(() => announce(words), [announce, words]);
  return (
    <MessageBar intent="success" layout="auto" data-done={done.kind}>
      <MessageBarBody>{words}</MessageBarBody>
      <MessageBarActions
        containerAction={<Button appearance="transparent" icon={<DismissRegular />} aria-label={t('app.dismiss')} onClick={onDismiss} />}
      />
    </MessageBar>
  );
}
