import { authorityOf } from '../hosts.ts';
import type { PracticeRequest, PracticeTenant } from '../world.ts';
import { assertionRefusals } from './assertion-refusals.ts';
import { checkClientAssertion, jwtBearer } from './client-assertion.ts';
import type { Client } from './clients.ts';
import type { Form } from './form.ts';
import type { Realm } from './realm.ts';

/** Names of an endpoint's tenant: as written in the address, by id, and by each domain. */
function audiencesOf(segment: string, tenant: PracticeTenant, authority: string): string[] {
  return [segment, tenant.id, ...tenant.domains].flatMap((name) => [
    `${authority}/${name}/oauth2/v2.0/token`,
    `${authority}/${name}/oauth2/token`,
    `${authority}/${name}/v2.0`,
  ]);
}

export interface ClientAuthentication {
  readonly client: Client;
  readonly form: Form;
  readonly segment: string;
  readonly tenant: PracticeTenant;
  readonly request: PracticeRequest;
}

/** A confidential client proves itself with a certificate. Refuses with 7000218, 7000215, 700025 and those of assertions. @returns its keyId */
export async function authenticateClient({ client, form, segment, tenant, request }: ClientAuthentication, realm: Realm): Promise<string> {
  const [assertion, type, secret] = [
    form.optional('client_assertion'),
    form.optional('client_assertion_type'),
    form.optional('client_secret'),
  ];
  if (client.publicClient || client.application === null) {
    if (assertion !== undefined || secret !== undefined) throw assertionRefusals.ofPublicClient();
    throw assertionRefusals.missing();
  }
  // No registration in a practice tenant has a secret, so no secret can be right.
  if (assertion === undefined && secret !== undefined) throw assertionRefusals.secretRefused(client.appId);
  if (assertion === undefined || type !== jwtBearer) throw assertionRefusals.missing();
  return checkClientAssertion(
    { assertion, application: client.application, audiences: audiencesOf(segment, tenant, authorityOf(request)) },
    realm,
  );
}
