/** Credentials are deleted, with or without their registration in the tenant, and restored. */
export { DeletedDialog } from './deleted-dialog.tsx';
export { RemoveDialog, type Removed } from './remove-dialog.tsx';
export { Restoration } from './restoration.tsx';
