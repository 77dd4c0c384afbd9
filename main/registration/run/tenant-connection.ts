import { requireTenant } from '../../policies/index.ts';
import type { CredentialRecord } from '../../credential/record.ts';
import type { Connection, Engine } from '../engine.ts';

/**
 * A fresh connection for what is done in a credential's tenant without a sign-in: what is known of the tenant has to do.
 *
 * @throws Fault policy.tenant, policy.cloud
 */
export function connectToTenant(engine: Engine, { cloud, tenantId, tenantName, tenantDomain }: CredentialRecord): Connection {
  requireTenant(engine.policies, tenantName === '' ? tenantId : `${tenantName} (${tenantId})`, [tenantId, tenantDomain]);
  return engine.connect(cloud);
}
