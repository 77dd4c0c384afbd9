import { inboxCount, mayReadByGraph, userWith, type StoredUser } from '../exchange-online/mailboxes.ts';
import type { PracticeAnswer, PracticeTenant } from '../world.ts';
import { collection, entity, type Presentation } from './answer.ts';
import { keyOf, type Call } from './call.ts';
import { notFound, notUnderstood, Refusal } from './refusal.ts';

const defaults = [
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
  'id',
];
const more = ['accountEnabled', 'createdDateTime', 'department', 'mailNickname', 'proxyAddresses', 'userType'];

/** "List users": a default set of properties, the others only with `$select`. */
const users: Presentation<StoredUser> = {
  type: 'user',
  set: 'users',
  properties: [...defaults, ...more],
  onlySelected: more,
  present: (user) => ({ businessPhones: [], proxyAddresses: [], ...user }),
};

/** "List users". */
export function listUsers(call: Call): PracticeAnswer {
  return collection(call, users, call.tenant.users);
}

/** A user by object id or user principal name ("Get a user"). @throws Refusal 404 */
function userOf(call: Call): StoredUser {
  const { value } = keyOf(call, 'user');
  const user = userWith(call.tenant, value);
  if (!user) throw notFound(value);
  return user;
}

/** "Get a user". `User.Read` alone reaches one's own profile only. */
export function getUser(call: Call): PracticeAnswer {
  const user = userOf(call);
  const { kind, scopes, objectId } = call.bearer;
  const others = scopes.some((scope) => /^(?:User\.Read(?:Basic|Write)?\.All|Directory\.Read(?:Write)?\.All)$/.test(scope));
  if (kind === 'delegated' && !others && user.id !== objectId)
    throw new Refusal(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
  return entity(call, users, user);
}

/** "Get a user", `/me`: only for a signed-in person, and only where that person has a user object (a partner with GDAP has none). */
export function getMe(call: Call): PracticeAnswer {
  if (call.bearer.kind === 'application') throw notUnderstood('/me request is only valid with delegated authentication flow.');
  const me = call.bearer.hasUserObject ? call.tenant.users.find(({ id }) => id === call.bearer.objectId) : undefined;
  if (!me) throw notFound(call.bearer.objectId);
  return entity(call, users, me);
}

const organizations: Presentation<PracticeTenant> = {
  type: 'organization',
  set: 'organization',
  properties: ['id', 'displayName', 'verifiedDomains', 'countryLetterCode', 'createdDateTime', 'tenantType'],
  present: ({ id, displayName, domains }) => ({
    id,
    displayName,
    tenantType: 'AAD',
    verifiedDomains: domains.map((name, index) => ({
      capabilities: 'Email, OfficeCommunicationsOnline',
      isDefault: index === 0,
      isInitial: /\.onmicrosoft\.\w+$/.test(name),
      name,
      type: 'Managed',
    })),
  }),
};

/** "List organizations". With `User.Read` alone only id, name and verified domains are told, which is all that is simulated. */
export function listOrganizations(call: Call): PracticeAnswer {
  return collection(call, organizations, [call.tenant]);
}

interface Inbox {
  readonly id: string;
  readonly displayName: string;
  readonly totalItemCount: number;
  readonly unreadItemCount: number;
  readonly childFolderCount: number;
  readonly isHidden: boolean;
}

function inboxOf(user: StoredUser): Inbox {
  const totalItemCount = inboxCount(user);
  return {
    id: Buffer.from(`inbox ${user.id}`).toString('base64url'),
    displayName: 'Inbox',
    totalItemCount,
    unreadItemCount: totalItemCount % 17,
    childFolderCount: 0,
    isHidden: false,
  };
}

/** "Get mailFolder", well-known name inbox: Exchange Online answers, with codes of its own. */
export function getInbox(call: Call): PracticeAnswer {
  const { value } = keyOf(call, 'user');
  const user = userWith(call.tenant, value);
  if (!mayReadByGraph(call.bearer, user?.mail ?? value))
    throw new Refusal(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.');
  if (!user) throw new Refusal(404, 'ErrorInvalidUser', `The requested user '${value}' is invalid.`);
  if (!user.mail)
    throw new Refusal(404, 'MailboxNotEnabledForRESTAPI', 'The mailbox is either inactive, soft-deleted, or is hosted on-premise.');
  const folders: Presentation<Inbox> = {
    type: 'mailFolder',
    set: `users('${encodeURIComponent(value)}')/mailFolders`,
    properties: ['id', 'displayName', 'totalItemCount', 'unreadItemCount', 'childFolderCount', 'isHidden'],
    present: (folder) => folder,
  };
  return entity(call, folders, inboxOf(user));
}
