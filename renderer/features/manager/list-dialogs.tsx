import { Suspense } from 'react';
import { later } from '../../bridge/later.ts';
import type { CredentialRow } from '../../../preload/contract.ts';
import type { Dropped } from '../add-existing/index.ts';
import type { Removed } from '../remove/index.ts';
import type { ListDialog } from './commands.ts';

// None of them is needed for the first picture of the list.
const RemoveDialog = later(async () => (await import('../remove/index.ts')).RemoveDialog);
const DeletedDialog = later(async () => (await import('../remove/index.ts')).DeletedDialog);
const AddExistingDialog = later(async () => (await import('../add-existing/index.ts')).AddExistingDialog);
const Restoration = later(async () => (await import('../remove/index.ts')).Restoration);
const RotationDialog = later(async () => (await import('../rotation/index.ts')).RotationDialog);
const MigrationDialog = later(async () => (await import('../migration/index.ts')).MigrationDialog);
const SignedInVerification = later(async () => (await import('../verification/index.ts')).SignedInVerification);
const SheetDialog = later(async () => (await import('../setup/index.ts')).SheetDialog);
const ExportDialog = later(async () => (await import('../export/index.ts')).ExportDialog);
const ConfirmDialog = later(async () => (await import('./confirm-dialog.tsx')).ConfirmDialog);
const CustomerDialog = later(async () => (await import('./customer-dialog.tsx')).CustomerDialog);

/** The dialog over the list, if there is one. */
export type OpenDialog = ListDialog | 'none' | 'restoration';

export interface ListDialogsProps {
  readonly dialog: OpenDialog;
  /** What the dialog is about: it stays so while the list changes behind it. */
  readonly subjects: readonly CredentialRow[];
  /** The file that “Add existing…” begins with. */
  readonly dropped: Dropped | null;
  /** What is to be restored together with its registration. */
  readonly removed: Removed | null;
  readonly onClose: () => void;
  /** Ids of what the list has anew, and is to select. */
  readonly onAdded: (ids: readonly string[]) => void;
  readonly onRemoved: (removed: Removed | null) => void;
  readonly onRestored: (restored: boolean) => void;
  readonly onVerified: (verified: boolean) => void;
}

export function ListDialogs({ dialog, subjects, dropped, removed, onClose, onAdded, onRemoved, onRestored, onVerified }: ListDialogsProps) {
  const [first] = subjects;
  const dialogOf = () => {
    switch (dialog) {
      case 'remove':
        return <RemoveDialog rows={subjects} onClose={onRemoved} />;
      case 'restoration':
        return removed?.rows[0] === undefined ? null : <Restoration row={removed.rows[0]} onClose={onRestored} />;
      case 'verification':
        return first === undefined ? null : <SignedInVerification row={first} onClose={(report) => onVerified(report !== null)} />;
      case 'rotation':
        return first === undefined ? null : <RotationDialog key={first.id} row={first} onClose={onClose} />;
      case 'migration':
      case 'migration-back':
        return first === undefined ? null : (
          <MigrationDialog key={first.id} row={first} back={dialog === 'migration-back'} onClose={onClose} />
        );
      case 'sheet':
        return first === undefined ? null : <SheetDialog key={first.id} credential={first.id} onClose={onClose} />;
      case 'export':
        return first === undefined ? null : <ExportDialog key={first.id} credential={first} onClose={onClose} />;
      case 'confirm':
        return <ConfirmDialog rows={subjects} onClose={onClose} />;
      case 'customer':
        return <CustomerDialog rows={subjects} onClose={onClose} />;
      case 'add-existing':
        return <AddExistingDialog dropped={dropped} onClose={onAdded} />;
      case 'deleted':
        return <DeletedDialog onClose={onClose} />;
      default:
        return null;
    }
  };
  return <Suspense>{dialogOf()}</Suspense>;
}
