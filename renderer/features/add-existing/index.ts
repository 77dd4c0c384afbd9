export { AddExistingDialog } from './add-existing-dialog.tsx';
