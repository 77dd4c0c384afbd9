import type { FederatedIdentityCredential, PracticeAnswer, StoredApplication } from '../world.ts';
import { collection, entity, type Presentation } from './answer.ts';
import { bodyOf, keyOf, noContent, type Call, type Properties } from './call.ts';
import { applicationOf } from './lookup.ts';
import { badRequest, invalidValue, notFound } from './refusal.ts';
import { requireMayEdit } from './roles.ts';
import { requireShape, type ComplexShape } from './shape.ts';

/** "federatedIdentityCredential resource type". */
const shape = { audiences: ['text'], description: 'text', issuer: 'text', name: 'text', subject: 'text' } as const satisfies ComplexShape;

const presentation = ({ id }: StoredApplication): Presentation<FederatedIdentityCredential> => ({
  type: 'federatedIdentityCredential',
  set: `applications('${id}')/federatedIdentityCredentials`,
  properties: ['id', ...Object.keys(shape)],
  complete: true,
  present: (credential) => credential,
});

const credentialsOf = ({ federatedIdentityCredentials }: StoredApplication): readonly FederatedIdentityCredential[] =>
  federatedIdentityCredentials ?? [];

/** Microsoft Entra, "Important considerations and restrictions for federated identity credentials". */
const most = 20;

/** "List federatedIdentityCredentials". */
export function listFederatedCredentials(call: Call): PracticeAnswer {
  const application = applicationOf(call);
  return collection(call, presentation(application), credentialsOf(application));
}

/** By id, or by the alternate key `name`. @throws Refusal 404 */
function credentialOf(call: Call, application: StoredApplication): FederatedIdentityCredential {
  const { name, value } = keyOf(call, 'credential');
  const found = credentialsOf(application).find((each) => (name === 'name' ? each.name : each.id) === value);
  if (!found) throw notFound(value);
  return found;
}

/** "Get federatedIdentityCredential". */
export function getFederatedCredential(call: Call): PracticeAnswer {
  const application = applicationOf(call);
  return entity(call, presentation(application), credentialOf(call, application));
}

function required(body: Properties, name: 'issuer' | 'name' | 'subject', length: number): string {
  const value = body[name];
  if (typeof value !== 'string' || value === '' || value.length > length) throw invalidValue(name, 'FederatedIdentityCredential');
  return value;
}

/** "Create federatedIdentityCredential": 201; issuer and subject together are unique in the application, and so is the name. */
export function createFederatedCredential(call: Call): PracticeAnswer {
  const application = applicationOf(call);
  requireMayEdit(call.bearer, application);
  const body = bodyOf(call);
  requireShape(body, shape, 'FederatedIdentityCredential');
  const [issuer, subject, name] = [required(body, 'issuer', 600), required(body, 'subject', 600), required(body, 'name', 120)];
  const { audiences, description } = body;
  if (!Array.isArray(audiences) || audiences.length !== 1) throw invalidValue('audiences', 'FederatedIdentityCredential');
  const known = credentialsOf(application);
  if (known.some((each) => each.name === name || (each.issuer === issuer && each.subject === subject)))
    throw badRequest('FederatedIdentityCredential with the same name, or the same issuer and subject, already exists.', {
      code: 'ObjectConflict',
      target: 'name',
    });
  if (known.length >= most) throw badRequest(`An application has at most ${most} federated identity credentials.`);
  const added: FederatedIdentityCredential = {
    id: call.world.newId(),
    audiences: [String(audiences[0])],
    description: typeof description === 'string' ? description : null,
    issuer,
    name,
    subject,
  };
  stored(call, application, [...known, added]);
  return entity(call, presentation(application), added, 201);
}

/** "Delete federatedIdentityCredential": 204. */
export function deleteFederatedCredential(call: Call): PracticeAnswer {
  const application = applicationOf(call);
  requireMayEdit(call.bearer, application);
  const gone = credentialOf(call, application);
  stored(
    call,
    application,
    credentialsOf(application).filter((each) => each !== gone),
  );
  return noContent;
}

function stored(call: Call, application: StoredApplication, federatedIdentityCredentials: FederatedIdentityCredential[]): void {
  const next = { ...application, federatedIdentityCredentials };
  call.tenant.applications = call.tenant.applications.map((each) => (each === application ? next : each));
  call.world.changed();
}
