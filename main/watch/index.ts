export { expirySteps, stepOf, watched } from './expiry.ts';
export type { Expiring, ExpiryStep, Watched } from './expiry.ts';
export { lastRun, overdueDays, rememberRun } from './last-run.ts';
export type { LastRun } from './last-run.ts';
export { watchReport } from './report.ts';
export type { WatchLine, WatchReport, WatchResult } from './report.ts';
export { newlyExpiring } from './told.ts';
