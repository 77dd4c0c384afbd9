import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import { useTexts } from '../../bridge/texts.tsx';
import type { RefusedFile } from './use-dropped-file.ts';

/** Why a dropped file was not taken, and the way on. */
export function DropNotice({ refused, onDismiss }: { readonly refused: RefusedFile; readonly onDismiss: () => void }) {
  const { t } = useTexts();
  return (
    <MessageBar intent="warning" layout="multiline" role="alert" data-drop-refused>
      <MessageBarBody>{t(refused.text, { name: refused.name })}</MessageBarBody>
      <MessageBarActions
        containerAction={<Button appearance="transparent" icon={<DismissRegular />} aria-label={t('app.dismiss')} onClick={onDismiss} />}
      />
    </MessageBar>
  );
}
