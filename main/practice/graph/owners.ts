import type { PracticeAnswer } from '../world.ts';
import type { Call } from './call.ts';
import { applicationOf, servicePrincipalOf } from './lookup.ts';
import { selected } from './query.ts';
import { ownersOf } from './roles.ts';

/** What is simulated of a directory object that owns something: a person or a service principal. */
const owner = { type: 'directoryObject', properties: ['id', 'displayName', 'userPrincipalName', 'appId'] } as const;

function listOwners(call: Call, set: string, ids: readonly string[]): PracticeAnswer {
  const { tenant, host, request } = call;
  const names = selected(request.query, owner);
  const known = ids.flatMap((id) => {
    const user = tenant.users.find((each) => each.id === id);
    if (user !== undefined) return [{ '@odata.type': '#microsoft.graph.user', object: user }];
    const principal = tenant.servicePrincipals.find((each) => each.id === id);
    return principal === undefined ? [] : [{ '@odata.type': '#microsoft.graph.servicePrincipal', object: principal }];
  });
  return {
    status: 200,
    body: {
      '@odata.context': `https://${host}/v1.0/$metadata#${set}${names ? `(${names.join(',')})` : ''}`,
      value: known.map(({ object, '@odata.type': type }) => ({
        '@odata.type': type,
        // A property that the object's own type does not have is left out.
        ...Object.fromEntries(
          (names ?? owner.properties).filter((name) => name in object).map((name) => [name, Reflect.get(object, name)]),
        ),
      })),
    },
  };
}

/** "List owners of an application". */
export const listApplicationOwners = (call: Call): PracticeAnswer => listOwners(call, 'directoryObjects', ownersOf(applicationOf(call)));

/** "List owners of a servicePrincipal". */
export const listServicePrincipalOwners = (call: Call): PracticeAnswer =>
  listOwners(call, 'directoryObjects', ownersOf(servicePrincipalOf(call)));
