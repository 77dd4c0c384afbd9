import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import type { CredentialRow } from '../../../preload/contract.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { groupedThumbprint } from '../../parts/thumbprint.ts';
import { ServerFault } from './server-fault.tsx';
import { useServerWord } from './use-server-word.ts';

export interface MadeNoticeProps {
  readonly row: CredentialRow;
  /** The credential as the server's word leaves it. */
  readonly onChanged: (row: CredentialRow) => void;
}

function Following({ row, server, onChanged }: MadeNoticeProps & { readonly server: NonNullable<CredentialRow['inServer']> }) {
  const { t } = useTexts();
  const { word, fault, ask } = useServerWord(row.id, true, (said) => onChanged(said.credential));
  const made = word?.made ?? null;
  return (
    <>
      <ServerFault server={server} fault={fault} onAgain={ask} />
      <div aria-live="polite">
        {made === null ? null : (
          <MessageBar intent="warning" layout="multiline" data-made={made.thumbprint}>
            <MessageBarBody>{t('asked.made', { name: server.name, thumbprint: groupedThumbprint(made.thumbprint) })}</MessageBarBody>
          </MessageBar>
        )}
      </div>
    </>
  );
}

/** While its new certificate, or its first run with it, is waited for: the server is asked, and what it shows is said at once. */
export function MadeNotice({ row, onChanged }: MadeNoticeProps) {
  const { inServer: server } = row;
  return server === undefined ? null : <Following row={row} server={server} onChanged={onChanged} />;
}
