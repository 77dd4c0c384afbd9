import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { FaultView } from '../../../preload/contract.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { useFocusReturn } from '../../parts/use-focus-return.ts';
import { CertificateDialog } from './certificate-dialog.tsx';
import { PasswordDialog } from './password-dialog.tsx';
import { wayOf, wayTexts } from './ways.ts';

const useStyles = makeStyles({
  way: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
});

export interface ServerFaultProps {
  readonly server: { readonly id: string; readonly name: string };
  readonly fault: FaultView | null;
  /** What stood in the way was answered, or it is to be tried again as it is. */
  readonly onAgain: () => void;
}

/** Why a server says nothing, with the way on: its password typed, its certificate looked at, or another try. */
export function ServerFault({ server, fault, onAgain }: ServerFaultProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const [open, setOpen] = useState<'password' | 'certificate' | null>(null);
  const around = useFocusReturn<HTMLSpanElement>(open !== null);
  if (fault === null) return null;
  const way = wayOf(fault.code);
  const answered = (done: boolean) => {
    setOpen(null);
    if (done) onAgain();
  };
  return (
    <div className={styles.way}>
      <FaultBar fault={fault} />
      <span ref={around}>
        <Button onClick={() => (way === null ? onAgain() : setOpen(way))}>{t(wayTexts[way ?? 'again'])}</Button>
      </span>
      {open === 'password' ? <PasswordDialog server={server} onClose={answered} /> : null}
      {open === 'certificate' ? <CertificateDialog server={server} onClose={answered} /> : null}
    </div>
  );
}
