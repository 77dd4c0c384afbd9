export type { Candidate, CandidateFile, FileOptions, Problem, Typed } from './candidate.ts';
export { validate } from './validate.ts';
export type { Validated, Objection, TrackField } from './validate.ts';
export { listText } from './list-file.ts';
export { readCandidates } from './read-file.ts';
export { anyTenant, tenantsOf } from './tenants.ts';
export type { TenantOf } from './tenants.ts';
export { problemOf, refusedText, track } from './track.ts';
