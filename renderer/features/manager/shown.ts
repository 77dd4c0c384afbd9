/** How a credential's state and expiry are shown, and which keys the list has, for other pages that show them. */
export { ExpiryText } from './expiry-text.tsx';
export { rowFacts } from './row-facts.ts';
export { StateText } from './state-text.tsx';
export { UntestedNotice } from './untested-notice.tsx';
export { commandIds, commands, keyOf } from './commands.ts';
export { keyText } from './shortcuts.ts';
