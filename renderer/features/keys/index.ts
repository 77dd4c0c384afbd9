export { KeyNotice } from './key-notice.tsx';
export { PrivateKeys } from './private-keys.tsx';
