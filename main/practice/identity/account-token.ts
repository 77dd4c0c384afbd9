import { resourceAppIds } from '../../clouds/index.ts';
import { authorityOf, graphOf } from '../hosts.ts';
import type { PracticeRequest } from '../world.ts';
import { findClient, graphCommandLineTools } from './clients.ts';
import { personAccessToken } from './issue.ts';
import { findPerson } from './people.ts';
import type { Realm } from './realm.ts';
import { refusals } from './refusals.ts';
import { checkDelegatedScopes } from './scopes.ts';
import { tenantOfSegment } from './tenants.ts';

export interface AccountTokenRequest {
  readonly account: string;
  /** Delegated Graph scopes by value. */
  readonly scopes: readonly string[];
  /** Id or domain. */
  readonly tenant: string;
}

/** A delegated Graph token for an account as if everything had been consented: for tests, never on the way of a sign-in. */
export function tokenForAccount(
  { account, scopes, tenant: segment }: AccountTokenRequest,
  request: PracticeRequest,
  realm: Realm,
): Promise<string> {
  const tenant = tenantOfSegment(segment, realm);
  const client = findClient(graphCommandLineTools, tenant, realm);
  const person = findPerson(account, tenant, client, realm);
  const resource = person.tenant.servicePrincipals.find(({ appId }) => appId === resourceAppIds.graph);
  if (resource === undefined) throw refusals.resourceUnknown(graphOf(request), person.tenant);
  checkDelegatedScopes(client, resource, scopes);
  return personAccessToken(
    { person, audience: graphOf(request), authority: authorityOf(request), client, scopes, multiFactor: true, capabilities: [] },
    realm,
  );
}
