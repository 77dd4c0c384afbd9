export { expirySteps, stepOf, watched } from './expiry.ts';
export type { Expiring, ExpiryStep, Watched } from './expiry.ts';
export { newlyExpiring } from './told.ts';
