import type { Fault, FaultCode } from '../faults.ts';

const replicating: ReadonlySet<FaultCode> = new Set([
  'token.application-unknown',
  'token.service-principal-missing',
  'token.key-not-found',
]);

/** True where Microsoft may only not have replicated what was just created: ask again later (700016, 7000229, 700027 not found). */
export const isReplicationFault = (fault: Fault): boolean => replicating.has(fault.code);
