import { useAnswer } from '../../bridge/outcome.ts';
import { LoadingDialog } from '../../parts/loading-dialog.tsx';
import { SetupDialog } from './setup-dialog.tsx';
import { beginSheet } from './setup-state.ts';

export interface SheetDialogProps {
  /** Id of a credential that is registered. */
  readonly credential: string;
  readonly onClose: () => void;
}

/** The sheet of a credential that was set up earlier, as it was left; nobody signs in for it. */
export function SheetDialog({ credential, onClose }: SheetDialogProps) {
  const { value, fault, reload } = useAnswer('credential:read', { id: credential });
  if (value === null) return <LoadingDialog fault={fault} onRetry={reload} onClose={onClose} />;
  return <SetupDialog begun={beginSheet(value.report)} onBack={onClose} onClose={onClose} />;
}
