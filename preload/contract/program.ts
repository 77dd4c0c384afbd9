import { z } from 'zod';
import { annotation, cloud, faultView, fileName, language, time, typed } from './views.ts';

/* What the window shows of the program itself: its settings, versions, keys and copies of the list, policies, and kinds of servers. */

export const settings = z.strictObject({
  language: z.enum(['system', 'en', 'fr', 'de']),
  theme: z.enum(['system', 'light', 'dark']),
  server: typed,
  fqdn: typed,
  port: typed,
  profile: typed,
  keySize: z.enum(['2048', '3072', '4096']),
  /** Of new certificates: months, or the last day as YYYY-MM-DD. */
  lifetime: typed,
  cloud,
  /** Looking for newer versions by itself; `system`: unless the program is installed for all users. */
  updates: z.enum(['system', 'on', 'off']),
  /** Empty = Microsoft Graph Command Line Tools. */
  signInClientId: typed,
  /** Who makes the certificate of new credentials and keeps its key; `ask` until somebody has answered. */
  custody: z.enum(['ask', 'keyring', 'external']),
});

/** The settings that are to change; the others stay as they are. */
export const settingsChange = settings.partial();

/** What is known of newer versions of this program. `off`: this installation cannot bring itself up to date. */
export const updateState = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('off'), reason: z.enum(['policy', 'development', 'elsewhere', 'portable', 'package', 'unsigned']) }),
  z.strictObject({ kind: z.literal('idle'), checkedAt: time.nullable() }),
  z.strictObject({ kind: z.literal('checking') }),
  z.strictObject({ kind: z.literal('available'), version: z.string(), notes: z.string() }),
  z.strictObject({ kind: z.literal('downloading'), version: z.string(), percent: z.int() }),
  z.strictObject({ kind: z.literal('ready'), version: z.string(), notes: z.string() }),
  z.strictObject({ kind: z.literal('failed'), fault: faultView }),
]);

const keyName = {
  credentialId: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^/]+$/),
  thumbprint: z.string().regex(/^[0-9A-F]{40}$/),
};

/** Names one private key in the keychain: its credential, and the SHA-1 of its certificate. */
export const privateKeyName = z.strictObject(keyName);

/** What list and keychain do not agree on. */
export const keyComparison = z.strictObject({
  /** Keys that no credential needs; `credential` is the name of the one they are of, where it is still there. `known`: this list has had it. */
  unneeded: z.array(z.strictObject({ ...keyName, credential: z.string().nullable(), known: z.boolean() })),
  /** Credentials without their key; `deleted`: those that can still be restored. */
  missing: z.array(z.strictObject({ ...keyName, name: z.string(), deleted: z.boolean() })),
});

/** A row of the list that cannot be read. */
export const damagedRow = z.strictObject({ id: z.string(), name: z.string().nullable(), reason: z.string(), deleted: z.boolean() });

/** A copy of the list; `credentials` is null and `fault` says why where it cannot be restored. */
export const backup = z.strictObject({
  name: fileName,
  at: time,
  size: z.int(),
  credentials: z.int().nullable(),
  damaged: z.int(),
  fault: z.string().nullable(),
});

/** One value that this computer's administrators prescribe. */
export const managedPolicy = z.strictObject({
  policy: z.enum([
    'AllowedClouds',
    'AllowedTenants',
    'SignInClientId',
    'DisableUpdates',
    'MinimumKeySize',
    'MaximumLifetimeMonths',
    'ForbidPrivateKeyExport',
    'ForbidKeepingKeys',
    'DefaultCustody',
    'ForbidServers',
    'AllowedServers',
    'ForbidKeepingServerPasswords',
    'DefaultProfile',
    'Language',
  ]),
  value: z.string(),
  /** Registry key or file. */
  source: z.string(),
});

const sheetStep = z.union([
  z.strictObject({
    id: z.string(),
    part: z.literal('certificate'),
    keyring: z.string(),
    external: z.string(),
    waiting: z.string(),
    instead: z.string(),
  }),
  z.strictObject({
    id: z.string(),
    text: z.string(),
    /** Where it is done; empty where it needs no telling. */
    place: z.string(),
    /** The harm it can do; empty where there is none. */
    warning: z.string(),
    /** Name of the check of the proof whose commands are run here; without it in the proof the step is left out. */
    check: z.string().nullable(),
    values: z.array(z.enum(['name', 'client-id', 'tenant-id', 'instance', 'thumbprint', 'redirect-uri'])),
    link: z.string().nullable(),
    /** Left out where users do not sign in. */
    userSignIn: z.boolean(),
    /** Permission profiles that it is for; empty: it is for all. */
    profiles: z.array(z.string()),
  }),
]);

/** A kind of server software, in the window's language. */
const serverView = z.strictObject({
  id: z.string(),
  name: z.string(),
  userSignIn: z.boolean(),
  instances: z.boolean(),
  /** Empty without sign-in of users. */
  port: z.string(),
  certificate: z.enum(['server', 'either']),
  /** The two answers to who makes the certificate: the software's name in it, and what follows from each. */
  custody: z.strictObject({ server: z.string(), external: z.string(), keyring: z.string() }),
  signInPlace: z.string(),
  /** Display name that a new application gets unless another one is given. */
  application: z.string(),
  /** How the server gets a new certificate of its own. */
  renewal: z.array(z.string()),
  /** Permissions are chosen one by one. */
  freePermissions: z.boolean(),
  /** It can be asked what it holds, through a management interface of its own. */
  asked: z.boolean(),
  /** Ids of the profiles that come with it, the default first. */
  profiles: z.array(z.string()),
  sheet: z.array(sheetStep),
});

/** A permission profile; `own`: one that the administrator keeps. */
export const profileView = z.strictObject({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  notices: z.array(z.string()),
  own: z.boolean(),
  /** Of applications, as API/VALUE. */
  permissions: z.array(z.string()),
  /** Of one that archives through EWS: the profile that its server software has without it, in two words, and what that needs. */
  instead: z.strictObject({ id: z.string(), short: z.string(), needs: z.string() }).exactOptional(),
});

/** Facts about the running application that its window needs to draw itself. */
export const appFacts = z.strictObject({
  version: z.string(),
  language,
  /** Practice data and real data are never in one window. */
  practice: z.boolean(),
  /** Clouds whose Microsoft Entra admin center can be opened from here. */
  adminCenters: z.array(cloud),
  dataDirectory: z.string(),
  dark: z.boolean(),
  /** In the order in which they are shown. `column`: one of the list as soon as a credential has it; `search`: the filter looks into it. */
  annotations: z.array(
    z.strictObject({ field: annotation, label: z.string(), lines: z.enum(['one', 'several']), column: z.boolean(), search: z.boolean() }),
  ),
  servers: z.array(serverView),
  profiles: z.array(profileView),
});
