export { useDialogStyles } from '../../parts/dialog-styles.ts';
