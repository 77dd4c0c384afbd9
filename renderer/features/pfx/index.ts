/** A PFX is written: its place and its password, and what is done with the file afterwards. */
export { PfxDialog } from './pfx-dialog.tsx';
export { PfxFields } from './pfx-fields.tsx';
export { PfxWritten } from './pfx-written.tsx';
export { useExport, withKey, type Export, type Format } from './use-export.ts';
