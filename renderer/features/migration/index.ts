/** A credential leaves EWS in steps: permissions beside, proof, the server's turn, and EWS last; and back at any time. */
export { MigrationDialog } from './migration-dialog.tsx';
export { MoveNotice } from './move-notice.tsx';
export { MigrationTimeline } from './timeline.tsx';
