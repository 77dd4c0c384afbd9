import { Dialog, DialogBody, DialogContent, DialogSurface, DialogTitle, mergeClasses } from '@fluentui/react-components';
import type { FormEvent, KeyboardEvent, ReactNode } from 'react';
import { useDialogStyles } from './dialog-styles.ts';

export interface DialogShellProps {
  readonly title: ReactNode;
  /** The main action first, then the others, Cancel or Close at the right end: Windows' order. */
  readonly actions: ReactNode;
  /** Stands at the left of the buttons, on their line. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  /** Escape. */
  readonly onClose: () => void;
  /**
   * Enter, and the button of type `submit`. Enter comes here also while that button cannot be pressed, so that what stands in the way
   * can be shown. Without it the dialog is no form.
   */
  readonly onSubmit?: () => void;
  readonly wide?: boolean;
  /** Asks before something that cannot be undone. */
  readonly alert?: boolean;
  /** Stands over another dialog. */
  readonly dimmed?: boolean;
  /** By which it is found, e.g. `data-dialog`. */
  readonly marks: Readonly<Record<`data-${string}`, string>>;
}

/** The frame of a dialog: title and buttons stay in sight at every size, the contents scroll. A click beside it closes nothing. */
export function DialogShell({
  title,
  actions,
  aside = null,
  children,
  onClose,
  onSubmit,
  wide = false,
  alert = false,
  dimmed = false,
  marks,
}: DialogShellProps) {
  const styles = useDialogStyles();
  const body = (
    <DialogBody className={styles.body}>
      <DialogTitle action={null}>{title}</DialogTitle>
      <DialogContent className={styles.content}>{children}</DialogContent>
      <div className={styles.actions}>
        {aside === null ? null : <div className={styles.aside}>{aside}</div>}
        {actions}
      </div>
    </DialogBody>
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // React carries it on to the form that this dialog was opened from.
    event.stopPropagation();
    onSubmit?.();
  };
  const enter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.defaultPrevented || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    event.stopPropagation();
    onSubmit?.();
  };
  return (
    <Dialog open modalType={alert ? 'alert' : 'modal'} onOpenChange={(_, { type }) => type !== 'backdropClick' && onClose()}>
      <DialogSurface
        className={mergeClasses(styles.surface, wide && styles.wide)}
        {...(dimmed ? { backdrop: { appearance: 'dimmed' as const } } : {})}
        {...marks}
      >
        {onSubmit === undefined ? (
          body
        ) : (
          <form noValidate onSubmit={submit} onKeyDown={enter}>
            {body}
          </form>
        )}
      </DialogSurface>
    </Dialog>
  );
}
