export type { Candidate, CandidateFile, FileOptions, Problem, Typed } from './candidate.ts';
export { validate } from './validate.ts';
export type { Validated, Objection, TrackField } from './validate.ts';
export { listText } from './list-file.ts';
export { readCandidates } from './read-file.ts';
export { problemOf, refusedText, track } from './track.ts';
