export { DeletedDialog } from './deleted-dialog.tsx';
export { RemoveDialog, type Removed } from './remove-dialog.tsx';
export { Restoration } from './restoration.tsx';
