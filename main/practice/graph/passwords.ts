import { randomBytes } from 'node:crypto';
import type { PracticeAnswer, StoredApplication } from '../world.ts';
import { bodyOf, isProperties, noContent, type Call } from './call.ts';
import { applicationOf } from './lookup.ts';
import { badRequest, invalidValue } from './refusal.ts';
import { requireMayEdit } from './roles.ts';
import { guidPattern, requireShape, type ComplexShape } from './shape.ts';

const shape = { passwordCredential: { displayName: 'text', endDateTime: 'text', startDateTime: 'text' } } as const satisfies ComplexShape;

function timeOf(value: unknown, name: string, otherwise: Date): Date {
  if (value === undefined || value === null) return otherwise;
  if (typeof value !== 'string' || Number.isNaN(Date.parse(value))) throw invalidValue(name, 'PasswordCredential');
  return new Date(value);
}

function replaced(call: Call, application: StoredApplication, passwordCredentials: StoredApplication['passwordCredentials']): void {
  const next = { ...application, ...(passwordCredentials === undefined ? {} : { passwordCredentials }) };
  call.tenant.applications = call.tenant.applications.map((each) => (each === application ? next : each));
  call.world.changed();
}

/** "application: addPassword": 200 with the secret, which is never shown again; two years unless the body says otherwise. */
export function addPassword(call: Call): PracticeAnswer {
  const application = applicationOf(call);
  requireMayEdit(call.bearer, application);
  const body = call.request.body === undefined ? {} : bodyOf(call);
  requireShape(body, shape, 'application');
  const asked = isProperties(body['passwordCredential']) ? body['passwordCredential'] : {};
  const start = timeOf(asked['startDateTime'], 'startDateTime', call.world.now());
  const end = timeOf(asked['endDateTime'], 'endDateTime', new Date(start.getTime() + 2 * 365 * 86_400_000));
  if (end <= start) throw invalidValue('endDateTime', 'PasswordCredential');
  const secretText = randomBytes(30).toString('base64url'); // 16 to 64 characters
  const added = {
    customKeyIdentifier: null,
    displayName: typeof asked['displayName'] === 'string' ? asked['displayName'] : null,
    endDateTime: end.toISOString(),
    hint: secretText.slice(0, 3),
    keyId: call.world.newId(),
    secretText,
    startDateTime: start.toISOString(),
  };
  replaced(call, application, [...(application.passwordCredentials ?? []), added]);
  return {
    status: 200,
    body: { '@odata.context': `https://${call.host}/v1.0/$metadata#microsoft.graph.passwordCredential`, ...added },
  };
}

/** "application: removePassword": 204. */
export function removePassword(call: Call): PracticeAnswer {
  const application = applicationOf(call);
  requireMayEdit(call.bearer, application);
  const body = bodyOf(call);
  requireShape(body, { keyId: 'guid' }, 'application');
  const { keyId } = body;
  if (typeof keyId !== 'string' || !guidPattern.test(keyId)) throw invalidValue('keyId', 'application');
  const known = application.passwordCredentials ?? [];
  const left = known.filter((each) => each.keyId?.toLowerCase() !== keyId.toLowerCase());
  if (left.length === known.length)
    throw badRequest(`No password credential found with keyId '${keyId}'.`, { code: 'InvalidValue', target: 'keyId' });
  replaced(call, application, left);
  return noContent;
}
