import { createHash } from 'node:crypto';
import { graphAnswer, seedDirectory } from '../../../main/practice/graph/index.ts';
import { directoryRoles, type DirectoryRole } from '../../../main/practice/graph/roles.ts';
import type { Bearer, PracticeAccount, PracticeAnswer, PracticeKnobs, PracticeTenant, World } from '../../../main/practice/world.ts';

export const start = new Date('2026-11-24T10:00:00Z');
export const graphAppId = '00000003-0000-0000-c000-000000000000';
export const exchangeAppId = '00000002-0000-0ff1-ce00-000000000000';
export const fullAccess = 'dc890d15-9560-4a4c-9b7f-a736ec74ec40';
export const directoryRead = '7ab1d382-f21e-4acd-a863-ba3e13f7da61';

const everyScope = [
  'User.Read',
  'Application.ReadWrite.All',
  'AppRoleAssignment.ReadWrite.All',
  'DelegatedPermissionGrant.ReadWrite.All',
  'Policy.Read.All',
  'Directory.Read.All',
];

/** A deterministic stream of GUIDs. */
function ids(): () => string {
  let count = 0;
  return () => {
    const hex = createHash('sha256')
      .update(String((count += 1)))
      .digest('hex');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
  };
}

const account = (upn: string, objectId: string, trait: PracticeAccount['trait']): PracticeAccount => ({
  upn,
  objectId,
  trait,
  displayName: upn,
  role: upn,
  wids: [],
});

function newTenant(newId: () => string): PracticeTenant {
  const tenant: PracticeTenant = {
    id: newId(),
    displayName: 'Contoso',
    domains: ['contoso.example', 'contoso.onmicrosoft.example'],
    accounts: [
      account('admin@contoso.example', newId(), 'none'),
      account('user@contoso.example', newId(), 'none'),
      account('guest@fabrikam.example', newId(), 'guest'),
      account('partner@fabrikam.example', newId(), 'gdap'),
    ],
    users: [],
    applications: [],
    servicePrincipals: [],
    deletedApplications: [],
    deletedServicePrincipals: [],
    appRoleAssignments: [],
    oauth2PermissionGrants: [],
    defaultAppManagementPolicy: { id: '', isEnabled: true, applicationRestrictions: { keyCredentials: [] } },
    applicationPolicies: {},
    consents: {},
  };
  seedDirectory(tenant, { principals: 3, newId });
  return tenant;
}

export interface Sent {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** As JSON brings it: without properties that are undefined. */
const overTheWire = (body: unknown): unknown => (body === undefined ? undefined : JSON.parse(JSON.stringify(body)));

/** JSON that a test reaches into. */
export interface Json {
  readonly [name: string]: Json;
}
/** A text that the answer must have. */
export function text(json: Json | undefined, name: string): string {
  const value: unknown = json?.[name];
  if (typeof value !== 'string') throw new Error(`No text ${name} in ${JSON.stringify(json)}`);
  return value;
}

/** A list that the answer must have. */
export function list(json: Json | undefined, name = 'value'): readonly Json[] {
  const value: unknown = json?.[name];
  if (!Array.isArray(value)) throw new Error(`No list ${name} in ${JSON.stringify(json)}`);
  return value as Json[];
}

export interface Answer extends Omit<PracticeAnswer, 'body'> {
  readonly body: Json;
}

/** One simulated tenant with a clock that only tests move, and a call in the way a server would make it. */
export function practice(knobs: Partial<PracticeKnobs> = {}) {
  const newId = ids();
  const tenant = newTenant(newId);
  let now = start.getTime();
  let saves = 0;
  const chances: number[] = [];
  const world: World = {
    state: { version: 1, tenants: [tenant], replicatedAt: {}, inTokensAt: {} },
    knobs: { latency: 0, replication: 0, updates: 0, throttle: 0, throttleTokens: 0, seed: 1, ...knobs },
    now: () => new Date(now),
    chance: () => (chances.length > 1 ? chances.shift() : chances[0]) ?? 0,
    newId,
    changed: () => void (saves += 1),
  };
  const [admin, user, guest, partner] = tenant.accounts.map(({ objectId }) => objectId);

  const delegated = (objectId: string | undefined, roles: readonly DirectoryRole[], scopes: readonly string[] = everyScope): Bearer => ({
    tenant,
    audience: 'https://graph.microsoft.com',
    kind: 'delegated',
    appId: '14d82eec-204b-4c2f-b7e8-296a70dab67e',
    scopes,
    roles: [],
    wids: roles.map((role) => directoryRoles[role]),
    objectId: objectId ?? '',
    hasUserObject: objectId !== partner,
  });
  const application = (roles: readonly string[], objectId = newId()): Bearer => ({
    tenant,
    audience: 'https://graph.microsoft.com',
    kind: 'application',
    appId: newId(),
    scopes: [],
    roles,
    wids: [],
    objectId,
    hasUserObject: false,
  });

  const call = (bearer: Bearer, method: string, url: string, { body, headers = {} }: Sent = {}): Answer => {
    const [path = '', query = ''] = url.split(/\?(.*)/s);
    const answer = graphAnswer(
      {
        method,
        path: `${path.startsWith('/beta/') ? '' : '/v1.0'}${decodeURIComponent(path)}`,
        query: new URLSearchParams(query),
        headers,
        body: overTheWire(body),
      },
      bearer,
      world,
    );
    return { ...answer, body: JSON.parse(JSON.stringify(answer.body ?? {})) as Json };
  };

  return {
    world,
    tenant,
    call,
    delegated,
    application,
    administrator: delegated(admin, ['globalAdministrator']),
    person: { admin: admin ?? '', user: user ?? '', guest: guest ?? '', partner: partner ?? '' },
    advance: (milliseconds: number) => void (now += milliseconds),
    saves: () => saves,
    /** What happens by chance from now on, in turn; the last one stays. */
    byChance: (...next: readonly number[]) => void chances.splice(0, chances.length, ...next),
    /** As Global Administrator. */
    get: (url: string) => call(delegated(admin, ['globalAdministrator']), 'GET', url),
    send: (method: string, url: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
      call(delegated(admin, ['globalAdministrator']), method, url, { body, headers }),
    principalOf: (appId: string) => tenant.servicePrincipals.find((principal) => principal.appId === appId)?.id ?? '',
  };
}
export type Practice = ReturnType<typeof practice>;

/** A registration with its service principal; throws where the fixture itself is wrong. */
export function registered({ send, tenant }: Practice, name = 'Mail archive'): { id: string; appId: string; principalId: string } {
  const application = send('POST', '/applications', { displayName: name });
  const principal = send('POST', '/servicePrincipals', { appId: application.body['appId'] });
  if (application.status !== 201 || principal.status !== 201)
    throw new Error(`${tenant.displayName}: ${JSON.stringify([application.body, principal.body])}`);
  return { id: text(application.body, 'id'), appId: text(application.body, 'appId'), principalId: text(principal.body, 'id') };
}

/** What `codes` gives where the practice tenant lacks something. */
export const lacking = [501, 'practiceTenantDoesNotHave'] as const;

/** `code` of the error and of its details. */
export function codes({ status, body }: Answer): readonly unknown[] {
  const error = body['error'];
  const details = Array.isArray(error?.['details']) ? (error['details'] as Json[]).map((detail) => detail['code']) : [];
  return [status, error?.['code'], ...details];
}
