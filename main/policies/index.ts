/**
 * What the administrators of a computer prescribe, from the registry on Windows and from a file elsewhere, and the places that
 * refuse what they forbid.
 */
export { inPractice, requireCloud, requireKeyExport, requireKeySize, requireServerHost, requireTenant } from './enforce.ts';
export { policyNames, policySchemas } from './policies.ts';
export type { Policies, PolicyName } from './policies.ts';
export { readPolicies } from './read.ts';
export type { ManagedPolicies, PolicySystem } from './read.ts';
