import { Button, type ButtonProps } from '@fluentui/react-components';
import { CopyRegular } from '@fluentui/react-icons';
import { useAnnounce } from './announce.tsx';
import { request } from '../bridge/bridge.ts';
import { useTexts } from '../bridge/texts.tsx';

export interface CopyButtonProps {
  /** Name of what is copied, e.g. `Redirect URI`. */
  readonly what: string;
  readonly text: string;
  /** Words on the button; without them it is an icon. */
  readonly label?: string;
  readonly appearance?: NonNullable<ButtonProps['appearance']>;
}

/** Puts a text on the clipboard and says so. */
export function CopyButton({ what, text, label, appearance = 'subtle' }: CopyButtonProps) {
  const { t } = useTexts();
  const announce = useAnnounce();
  const copy = async () => {
    const outcome = await request('clipboard:copy', { text });
    announce(outcome.ok ? t('dialog.copied', { what }) : outcome.fault.message);
  };
  return (
    <Button
      appearance={appearance}
      size="small"
      icon={<CopyRegular />}
      aria-label={label ?? t('dialog.copy.what', { what })}
      title={label === undefined ? t('dialog.copy.what', { what }) : undefined}
      onClick={() => void copy()}
    >
      {label}
    </Button>
  );
}
