export { DiagnosticsDialog } from './diagnostics-dialog.tsx';
