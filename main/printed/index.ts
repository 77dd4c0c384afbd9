/**
 * Pages of HTML to be printed or filed: one credential with its proof and history, and the trail of what was changed. Everything
 * in them is text of our own or made harmless; nothing in them is loaded or runs. Window and command line save the same page.
 */
export { activityPage } from './activity-page.ts';
export { credentialPage } from './credential-page.ts';
export type { PageContext } from './page.ts';
