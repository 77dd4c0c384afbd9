import type { CloudId } from '../clouds/index.ts';
import { Fault } from '../faults.ts';
import type { Policies } from './policies.ts';

/** @throws Fault('policy.cloud') */
export function requireCloud({ AllowedClouds: allowed }: Policies, cloud: CloudId): void {
  if (allowed !== undefined && !allowed.includes(cloud))
    throw new Fault('policy.cloud', { params: { cloud, allowed: allowed.join(', ') } });
}

/**
 * @param names id and domains of the tenant, those that are known
 * @throws Fault('policy.tenant')
 */
export function requireTenant({ AllowedTenants: allowed }: Policies, tenant: string, names: readonly string[]): void {
  if (allowed === undefined || names.some((name) => allowed.includes(name.toLowerCase()))) return;
  throw new Fault('policy.tenant', { params: { tenant } });
}

/**
 * @param keySize bits of an RSA key
 * @throws Fault('policy.key-size')
 */
export function requireKeySize({ MinimumKeySize: minimum }: Policies, keySize: number): void {
  if (minimum !== undefined && keySize < minimum) throw new Fault('policy.key-size', { params: { keySize, minimum } });
}

/** @throws Fault('policy.key-export') */
export function requireKeyExport({ ForbidPrivateKeyExport: forbidden }: Policies): void {
  if (forbidden === true) throw new Fault('policy.key-export');
}

/**
 * @param host name or address of a server that is asked through its management interface
 * @throws Fault policy.servers, policy.server-host
 */
export function requireServerHost({ ForbidServers: forbidden, AllowedServers: allowed }: Policies, host: string): void {
  if (forbidden === true) throw new Fault('policy.servers');
  if (allowed !== undefined && !allowed.includes(host.toLowerCase()))
    throw new Fault('policy.server-host', { params: { host, allowed: allowed.join(', ') } });
}

/** What is left of the policies where tenants are simulated: nothing real can be reached there. */
export function inPractice({
  AllowedClouds: _clouds,
  AllowedTenants: _tenants,
  SignInClientId: _client,
  AllowedServers: _servers,
  ...rest
}: Policies): Policies {
  return rest;
}
