import { cloudsOf, identityHosts } from '../hosts.ts';
import type { PracticeRequest, PracticeTenant, StoredApplication } from '../world.ts';
import { assertionRefusals } from './assertion-refusals.ts';
import { checkClientAssertion, jwtBearer } from './client-assertion.ts';
import type { Client } from './clients.ts';
import type { Form } from './form.ts';
import type { Realm } from './realm.ts';

/** Names of an endpoint: under each name of its host, with the tenant as written in the address, by id, and by each domain. */
function audiencesOf(segment: string, tenant: PracticeTenant, request: PracticeRequest): string[] {
  const [cloud] = cloudsOf(request);
  const hosts = cloud === undefined ? [] : identityHosts(cloud);
  return hosts.flatMap((host) =>
    [segment, tenant.id, ...tenant.domains].flatMap((name) => [
      `https://${host}/${name}/oauth2/v2.0/token`,
      `https://${host}/${name}/oauth2/token`,
      `https://${host}/${name}/v2.0`,
    ]),
  );
}

export interface ClientAuthentication {
  readonly client: Client;
  readonly form: Form;
  readonly segment: string;
  readonly tenant: PracticeTenant;
  readonly request: PracticeRequest;
}

export interface ProvenClient {
  /** Of the key credential or the secret. */
  readonly keyId: string;
  /** Claim `appidacr` ("Access token claims reference"): 1 = secret, 2 = certificate. */
  readonly appidacr: '1' | '2';
}

/** A secret that `addPassword` made and that is valid now. Refuses with 7000215 and 7000222. */
function checkSecret(secret: string, { appId, passwordCredentials }: StoredApplication, now: Date): ProvenClient {
  const found = (passwordCredentials ?? []).find(({ secretText }) => secretText === secret);
  if (found === undefined) throw assertionRefusals.secretRefused(appId);
  if (Date.parse(found.endDateTime ?? '') <= now.getTime()) throw assertionRefusals.secretExpired(appId);
  return { keyId: found.keyId ?? '', appidacr: '1' };
}

/** A confidential client proves itself with a certificate or a secret. Refuses with 7000218, 700025 and those of assertions and secrets. */
export async function authenticateClient(
  { client, form, segment, tenant, request }: ClientAuthentication,
  realm: Realm,
): Promise<ProvenClient> {
  const [assertion, type, secret] = [
    form.optional('client_assertion'),
    form.optional('client_assertion_type'),
    form.optional('client_secret'),
  ];
  if (client.publicClient || client.application === null) {
    if (assertion !== undefined || secret !== undefined) throw assertionRefusals.ofPublicClient();
    throw assertionRefusals.missing();
  }
  if (assertion === undefined && secret !== undefined) return checkSecret(secret, client.application, realm.world.now());
  if (assertion === undefined || type !== jwtBearer) throw assertionRefusals.missing();
  const audiences = audiencesOf(segment, tenant, request);
  return { keyId: await checkClientAssertion({ assertion, application: client.application, audiences }, realm), appidacr: '2' };
}
