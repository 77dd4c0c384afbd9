import { Button, Checkbox } from '@fluentui/react-components';
import { useState, type ReactNode } from 'react';
import type { FaultView } from '../../preload/contract.ts';
import { FaultBar } from './fault-bar.tsx';
import type { Command } from '../bridge/outcome.ts';
import { useTexts } from '../bridge/texts.tsx';
import { DialogShell } from './dialog-shell.tsx';

export interface ConfirmedDialogProps {
  /** `data-dialog`. */
  readonly name: string;
  readonly title: string;
  /** Shown above the rest; null where the content shows it. */
  readonly fault: FaultView | null;
  readonly command: Pick<Command, 'busy' | 'clear'>;
  /** What the person says by the tick, without which nothing is done. */
  readonly word: string;
  readonly confirm: string;
  readonly onConfirm: () => Promise<void>;
  readonly onCancel: () => void;
  readonly children: ReactNode;
}

/** Asks before something that cannot be undone: the warning, a tick, and only then the button. */
export function ConfirmedDialog({ name, title, fault, command, word, confirm, onConfirm, onCancel, children }: ConfirmedDialogProps) {
  const { t } = useTexts();
  const [given, setGiven] = useState(false);
  const buttons = (
    <>
      <Button type="submit" appearance="primary" disabledFocusable={command.busy || !given}>
        {confirm}
      </Button>
      <Button onClick={onCancel}>{t('app.cancel')}</Button>
    </>
  );
  return (
    <DialogShell
      marks={{ 'data-dialog': name }}
      title={title}
      actions={buttons}
      alert
      dimmed
      onSubmit={() => !command.busy && given && void onConfirm()}
      onClose={onCancel}
    >
      <FaultBar fault={fault} onDismiss={command.clear} />
      {children}
      <Checkbox checked={given} onChange={(_, { checked }) => setGiven(checked === true)} label={word} />
    </DialogShell>
  );
}
