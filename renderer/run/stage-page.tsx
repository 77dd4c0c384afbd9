import { DialogBody, DialogContent, DialogTitle, makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useRef, type ReactNode } from 'react';
import { useDialogStyles } from '../parts/dialog-styles.ts';

const useStyles = makeStyles({
  head: { gridColumnStart: 1, gridColumnEnd: 4, display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  aside: { marginRight: 'auto' },
  title: { outline: 'none', overflowWrap: 'anywhere' },
});

export interface StagePageProps {
  /** How far a run has come, where it has several parts. */
  readonly steps?: ReactNode;
  readonly title: ReactNode;
  readonly children: ReactNode;
  readonly actions: ReactNode;
  /** Stands at the other end of the buttons. */
  readonly aside?: ReactNode;
  /** The first page of a dialog leaves the focus to the dialog itself. */
  readonly first?: boolean;
}

/** One page of a run: steps, a heading that takes the focus, contents, buttons. */
export function StagePage({ steps = null, title, children, actions, aside = null, first = false }: StagePageProps) {
  const styles = useStyles();
  const frame = useDialogStyles();
  const head = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Fluent's DialogTitle is typed as taking no reference.
    if (!first) head.current?.querySelector('h2')?.focus();
  }, [first]);
  return (
    <DialogBody className={frame.body}>
      <div ref={head} className={styles.head}>
        {steps}
        <DialogTitle tabIndex={-1} className={styles.title} action={null}>
          {title}
        </DialogTitle>
      </div>
      <DialogContent className={frame.content} tabIndex={0}>
        {children}
      </DialogContent>
      <div className={frame.actions}>
        <span className={styles.aside}>{aside}</span>
        {actions}
      </div>
    </DialogBody>
  );
}
