import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import type { CredentialRow } from '../../../preload/contract.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { groupedThumbprint } from '../../parts/thumbprint.ts';
import { ServerFault } from './server-fault.tsx';
import { useServerWord } from './use-server-word.ts';

function Following({ row, server }: { readonly row: CredentialRow; readonly server: NonNullable<CredentialRow['inServer']> }) {
  const { t } = useTexts();
  const { word, fault, ask } = useServerWord(row.id, true, () => undefined);
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

/** While its certificate is waited for: the moment the server has made one is said, by what the server shows. */
export function MadeNotice({ row }: { readonly row: CredentialRow }) {
  const { inServer: server } = row;
  return server === undefined ? null : <Following row={row} server={server} />;
}
