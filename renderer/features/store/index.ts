/** The list as a file: its backups, and the rows of it that cannot be read. */
export { Backups } from './backups.tsx';
export { DamagedNotice } from './damaged-notice.tsx';
