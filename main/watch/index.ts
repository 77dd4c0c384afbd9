export { expirySteps, stepOf } from './expiry.ts';
export type { Expiring, ExpiryStep } from './expiry.ts';
export { newlyExpiring } from './told.ts';
