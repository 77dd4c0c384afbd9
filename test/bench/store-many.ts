import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { BenchServices } from './bench-services.ts';
import { connectTenant } from './connect-tenant.ts';
import type { PracticeTenants } from './practice-tenants.ts';

/** A credential for every tenant: the first by a real connect, the others copies of it with ids of their own in store, keychain and tenant. */
export async function storeMany({ services, keychain }: BenchServices, practice: PracticeTenants): Promise<void> {
  const { store } = services.engine;
  const { report } = await connectTenant(services, practice.description.graph, 'Archive 0000', 3072);
  const record = store.find(report.credential.id);
  const thumbprint = record.certificate?.thumbprint ?? '';
  const entries = (await keychain.accounts()).filter((account) => account.startsWith(`${record.id}/${thumbprint}`));
  const copies = await practice.copyRegistration(record.clientId ?? '');
  for (const [index, { tenantId, tenantName, domain, clientId, objectId, servicePrincipalId }] of copies.entries()) {
    const id = randomUUID();
    for (const account of entries) await keychain.set(account.replace(record.id, id), (await keychain.get(account)) ?? '');
    store.insert({
      ...record,
      id,
      name: `Archive ${String(index + 1).padStart(4, '0')}`,
      tenantId,
      tenantName,
      tenantDomain: domain,
      uniqueName: `tenant-keyring-${clientId}`,
      clientId,
      objectId,
      servicePrincipalId,
    });
    await nextTurn(); // connections that the server closes meanwhile have to be noticed
  }
}
