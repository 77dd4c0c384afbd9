/** The servers that are asked through their management interfaces: which ones are known, which one holds a credential, and what it says. */
export { DialogServer } from './dialog-server.tsx';
export { FindingsNotice } from './findings-notice.tsx';
export { LinkDialog, type ServerChoice } from './link-dialog.tsx';
export { MadeNotice } from './made-notice.tsx';
export { isServerCheck, ServerPanel } from './server-panel.tsx';
export { ServerWays } from './server-ways.tsx';
export { AskedServers } from './servers-section.tsx';
export { SheetServer } from './sheet-server.tsx';
export { useServerWord } from './use-server-word.ts';
