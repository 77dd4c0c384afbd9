/**
 * The audit trail: what was changed in a tenant or done with a key, when, why and by whom, one entry before each write and its
 * outcome after it. Entries are added and read, never changed. It knows the database of the store; who acts writes into it.
 */
export { settled } from './settled.ts';
export { auditPhases, createAuditTrail } from './trail.ts';
export type { AuditEntry, AuditPhase, AuditQuery, AuditTrail, NewAuditEntry } from './trail.ts';
