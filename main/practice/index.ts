/**
 * The practice tenant: Microsoft Entra ID, Microsoft Graph and what stands beside them, simulated on this computer and as strict
 * and unkind as the real ones. What it does not have it says in its own voice. The program reaches it by another transport only;
 * no rule of it is known elsewhere.
 */
export type { PracticeDescription } from './description.ts';
export type { PracticeFaultKind, PracticeFaultOptions, PracticeFaultSelector, PracticeItemFaultKind } from './faults.ts';
export { followAuthorize, followDeviceCode, type FollowOptions } from './follow.ts';
export { practiceAddress, practiceFetch, practiceImap, practiceOrigin } from './practice-fetch.ts';
export { startPractice, type PracticeOptions, type PracticeServer } from './server.ts';
export type { PracticeKnobs, PracticeState, World } from './world.ts';
export type { ArchiveServerDescription, PracticeArchives, PracticeArchiveServer, PracticeArchiveServerOptions } from './mailstore/index.ts';
