export { auditPhases, createAuditTrail } from './trail.ts';
export type { AuditEntry, AuditPhase, AuditQuery, AuditTrail, NewAuditEntry } from './trail.ts';
