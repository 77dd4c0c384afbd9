export { AddExistingDialog } from './add-existing-dialog.tsx';
export type { Dropped } from './dropped.ts';
