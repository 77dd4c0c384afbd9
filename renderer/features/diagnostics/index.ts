/** What a support case needs of this computer, shown before it is copied or saved; no secret is in it. */
export { DiagnosticsDialog } from './diagnostics-dialog.tsx';
