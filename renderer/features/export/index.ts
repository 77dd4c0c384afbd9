/** What can be taken out of the program for one credential: its certificate, its key as PFX or PEM, its facts. */
export { ExportDialog } from './export-dialog.tsx';
