/** Credentials that exist already come into the list: one by a form, many by a file. */
export { AddExistingDialog } from './add-existing-dialog.tsx';
export type { Dropped } from './dropped.ts';
