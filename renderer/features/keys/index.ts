/** The private keys in the keychain beside the list: which of them belong to nothing, and which are missing. */
export { KeyNotice } from './key-notice.tsx';
export { PrivateKeys } from './private-keys.tsx';
