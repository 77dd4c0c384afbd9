import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { useAnnounce } from '../../parts/announce.tsx';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { useAnswer, useCommand } from '../../bridge/outcome.ts';
import { useTexts } from '../../bridge/texts.tsx';

/** The rows of the list that cannot be read, above it, one line each, with what can be done; nothing where there are none. */
export function DamagedNotice({ onBackups }: { readonly onBackups: () => void }) {
  const { t } = useTexts();
  const announce = useAnnounce();
  const { value } = useAnswer('damaged:list', null, ['store:changed']);
  const command = useCommand();
  const move = async (id: string, name: string) => {
    const moved = await command.run('damaged:take-out', { id });
    if (moved !== null) announce(t('remove.damaged.done', { name, path: moved.path }));
  };
  return (
    <>
      <FaultBar fault={command.fault} onDismiss={command.clear} />
      {(value ?? []).map(({ id, name, reason }) => (
        <MessageBar key={id} intent="error" layout="multiline" data-damaged={id}>
          <MessageBarBody>{t('damaged.row', { name: name ?? t('damaged.unnamed'), id, reason })}</MessageBarBody>
          <MessageBarActions>
            <Button onClick={onBackups}>{t('damaged.backups')}</Button>
            <Button disabledFocusable={command.busy} onClick={() => void move(id, name ?? id)}>
              {t('damaged.move')}
            </Button>
          </MessageBarActions>
        </MessageBar>
      ))}
    </>
  );
}
