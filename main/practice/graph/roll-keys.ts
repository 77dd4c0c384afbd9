import type { PracticeAnswer, StoredApplication } from '../world.ts';
import { keyCredential } from './application-type.ts';
import { followKeys, validatedKey } from './application-write.ts';
import { bodyOf, isProperties, keyOf, noContent, type Call, type Properties } from './call.ts';
import { applicationOf } from './lookup.ts';
import { badRequest, denied, invalidValue, notSimulated, notUnderstood } from './refusal.ts';
import { requireMayEdit } from './roles.ts';
import { requireKeyProof } from './rules/key-proof.ts';
import { guidPattern, requireShape } from './shape.ts';

/** "An application does not need any specific permission to roll its own keys"; any other caller does. @throws Refusal 403 */
function requireMayRollKeys(call: Call): void {
  const { bearer, tenant } = call;
  const { name, value } = keyOf(call, 'application');
  const own = tenant.applications.find(({ appId }) => appId === bearer.appId);
  if (own !== undefined && Reflect.get(own, name) === value.toLowerCase()) return;
  if (!bearer.roles.some((role) => role === 'Application.ReadWrite.OwnedBy' || role === 'Application.ReadWrite.All')) throw denied();
  requireMayEdit(bearer, applicationOf(call));
}

/** Parameters of an action: those it has and no others. @throws Refusal 400 */
function requireParameters(body: Properties, names: readonly string[]): void {
  const unknown = Object.keys(body).find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw notUnderstood(`The parameter '${unknown}' in the request payload is not a valid parameter for the operation.`);
  const missing = names.find((name) => !(name in body));
  if (missing !== undefined) throw notUnderstood(`The parameter '${missing}' is required for the operation.`);
}

/** The application, once the proof is found right. @throws Refusal 401, 404 */
function provenApplication(call: Call, proof: unknown): StoredApplication {
  const application = applicationOf(call);
  if (typeof proof !== 'string') throw invalidValue('proof', 'application');
  requireKeyProof(proof, application, call.world.now());
  return application;
}

function stored(call: Call, application: StoredApplication, keyCredentials: NonNullable<StoredApplication['keyCredentials']>): void {
  const next = { ...application, keyCredentials };
  call.tenant.applications = call.tenant.applications.map((each) => (each === application ? next : each));
  followKeys(call.world, application, next);
  call.world.changed();
}

/** Graph gives the keyId; a certificate has no password. Keys with one are not simulated. @throws Refusal 400, 501 */
function requireCertificateEntry({ keyCredential: entry, passwordCredential }: Properties): Properties {
  if (!isProperties(entry)) throw invalidValue('keyCredential', 'application');
  requireShape(entry, keyCredential, 'KeyCredential', 'keyCredential');
  if (typeof entry['keyId'] === 'string')
    throw badRequest("Property 'keyId' cannot be specified.", { code: 'InvalidValue', target: 'keyId' });
  if (passwordCredential !== null) throw notSimulated('addKey with a passwordCredential');
  return entry;
}

/** "application: addKey": 200 and the new key credential, beside those that are there; expired ones do not matter. */
export function addKey(call: Call): PracticeAnswer {
  requireMayRollKeys(call);
  const body = bodyOf(call);
  requireParameters(body, ['keyCredential', 'passwordCredential', 'proof']);
  const application = provenApplication(call, body['proof']);
  const added = validatedKey(call, application, requireCertificateEntry(body));
  stored(call, application, [...(application.keyCredentials ?? []), added]);
  return {
    status: 200,
    body: { '@odata.context': `https://${call.host}/v1.0/$metadata#microsoft.graph.keyCredential`, ...added, key: null },
  };
}

/**
 * "application: removeKey": 204. What Graph says to an unknown keyId is not documented; the words are those of
 * removePassword.
 */
export function removeKey(call: Call): PracticeAnswer {
  requireMayRollKeys(call);
  const body = bodyOf(call);
  requireParameters(body, ['keyId', 'proof']);
  const { keyId } = body;
  if (typeof keyId !== 'string' || !guidPattern.test(keyId)) throw invalidValue('keyId', 'application');
  const application = provenApplication(call, body['proof']);
  const keys = application.keyCredentials ?? [];
  const left = keys.filter((each) => each.keyId?.toLowerCase() !== keyId.toLowerCase());
  if (left.length === keys.length) throw badRequest('No key credential found with keyId.', { code: 'InvalidValue', target: 'keyId' });
  stored(call, application, left);
  return noContent;
}
