/** Which version runs, whether a newer one is there, and its notes. */
export { UpdateNotice } from './update-notice.tsx';
export { UpdateStatus } from './update-status.tsx';
