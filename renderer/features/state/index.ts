/** How a credential stands, as every page says it: its state with the reason, its expiry, and whether its server is still to be finished. */
export { ExpiryText, daysText } from './expiry-text.tsx';
export { type Mark, type RowFacts, folded, marks, rowFacts, shortId, shortThumbprint, soonDays } from './row-facts.ts';
export { StateText } from './state-text.tsx';
export { stateWords } from './state-words.ts';
export { continuedText, isConfirmed, isMoving, isUnfinished } from './unfinished.ts';
export { UntestedNotice } from './untested-notice.tsx';
