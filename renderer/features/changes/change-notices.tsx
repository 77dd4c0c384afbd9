import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import { useAnswer, useCommand } from '../../bridge/outcome.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { FaultBar } from '../../parts/fault-bar.tsx';

/** Days before it at which a notice is a warning. */
const urgent = 30;

/** What comes at Microsoft and touches credentials of the list, one line each, until it is dismissed. */
export function ChangeNotices({ onEws }: { readonly onEws: () => void }) {
  const { t } = useTexts();
  const { value, reload } = useAnswer('changes:read', { credential: null }, ['store:changed']);
  const command = useCommand();
  const dismiss = async (id: string) => {
    if ((await command.attempt('changes:dismiss', { id })).ok) reload();
  };
  return (
    <>
      <FaultBar fault={command.fault} onDismiss={command.clear} />
      {(value ?? []).map(({ id, text, source, days, page }) => (
        <MessageBar key={id} intent={days <= urgent ? 'warning' : 'info'} layout="auto" data-change={id} title={source}>
          <MessageBarBody>{text}</MessageBarBody>
          <MessageBarActions
            containerAction={
              <Button appearance="transparent" icon={<DismissRegular />} aria-label={t('app.dismiss')} onClick={() => void dismiss(id)} />
            }
          >
            {page === null ? null : <Button onClick={onEws}>{t('manager.ews')}</Button>}
          </MessageBarActions>
        </MessageBar>
      ))}
    </>
  );
}
