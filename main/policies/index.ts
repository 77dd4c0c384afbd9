export { inPractice, requireCloud, requireKeyExport, requireKeySize, requireServerHost, requireTenant } from './enforce.ts';
export { policyNames, policySchemas } from './policies.ts';
export type { Policies, PolicyName } from './policies.ts';
export { readPolicies } from './read.ts';
export type { ManagedPolicies, PolicySystem } from './read.ts';
