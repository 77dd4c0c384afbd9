import { Button, Checkbox, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle } from '@fluentui/react-components';
import { useState, type FormEvent, type ReactNode } from 'react';
import type { FaultView } from '../../../preload/contract.ts';
import { FaultBar } from '../../app/fault-bar.tsx';
import type { Command } from '../../app/outcome.ts';
import { useTexts } from '../../app/texts.tsx';
import { useDialogStyles } from './dialog-styles.ts';

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
  const frame = useDialogStyles();
  const [given, setGiven] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // React carries it on to the form that this dialog was opened from.
    event.stopPropagation();
    if (!command.busy && given) void onConfirm();
  };
  return (
    <Dialog open modalType="alert" onOpenChange={(_, { type }) => type === 'escapeKeyDown' && onCancel()}>
      <DialogSurface className={frame.surface} backdrop={{ appearance: 'dimmed' }} data-dialog={name}>
        <form noValidate onSubmit={submit}>
          <DialogBody className={frame.body}>
            <DialogTitle>{title}</DialogTitle>
            <DialogContent className={frame.content}>
              <FaultBar fault={fault} onDismiss={command.clear} />
              {children}
              <Checkbox checked={given} onChange={(_, { checked }) => setGiven(checked === true)} label={word} />
            </DialogContent>
            <DialogActions>
              <Button onClick={onCancel}>{t('app.cancel')}</Button>
              <Button type="submit" appearance="primary" disabledFocusable={command.busy || !given}>
                {confirm}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
