export type { PracticeDescription } from './description.ts';
export type { PracticeFaultKind, PracticeFaultOptions, PracticeFaultSelector, PracticeItemFaultKind } from './faults.ts';
export { followAuthorize, followDeviceCode, type FollowOptions } from './follow.ts';
export { practiceAddress, practiceFetch, practiceOrigin } from './practice-fetch.ts';
export { startPractice, type PracticeOptions, type PracticeServer } from './server.ts';
export type { PracticeKnobs, PracticeState, World } from './world.ts';
export type { ArchiveServerDescription, PracticeArchiveServer, PracticeArchiveServerOptions } from './mailstore/index.ts';
