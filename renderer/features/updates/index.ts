export { UpdateNotice } from './update-notice.tsx';
export { UpdateStatus } from './update-status.tsx';
