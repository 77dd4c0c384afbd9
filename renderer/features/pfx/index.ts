export { PfxDialog } from './pfx-dialog.tsx';
export { PfxFields } from './pfx-fields.tsx';
export { PfxWritten } from './pfx-written.tsx';
export { useExport, type Export } from './use-export.ts';
