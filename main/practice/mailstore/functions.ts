import { CallRefusal, notSimulated } from './answers.ts';
import type { CallArguments } from './call-arguments.ts';
import type { Console } from './console.ts';
import { emptyInstance, type ArchiveInstance, type FinishedRun } from './instance.ts';
import type { ServerKind } from './metadata.ts';

const version = '26.1.0.30112';
const machineName = 'MS01';

/** What the functions answer from. */
export interface Archives {
  readonly kind: ServerKind;
  readonly instances: readonly ArchiveInstance[];
  readonly consoleOf: (instance: ArchiveInstance) => Console;
  /** Minutes that the zone of the server is ahead of UTC. */
  readonly zone: () => number;
  /** "Nullable object must have a value." for windows of more than 31 days: a known bug (MSP). */
  readonly refusesLongWindows: () => boolean;
}

interface FunctionCall {
  readonly args: CallArguments;
  readonly archives: Archives;
  readonly instance: ArchiveInstance;
}

/** Result of a function; `later` where it is answered by way of a token. */
type Result = { readonly now: unknown } | { readonly later: () => Promise<unknown> };

const minute = 60_000;
const day = 24 * 60 * minute;

/** `2026-11-30T10:00:00` in the zone of the server, as the rows have it. */
const localText = (time: number, zone: number): string => new Date(time + zone * minute).toISOString().slice(0, 19);
const utcText = (iso: string): string => iso.replace(/\.\d{3}Z$/, 'Z');

function credentials({ instance }: FunctionCall): unknown {
  return instance.credentials.map(({ id, name, clientId, tenantId, certificate }) => ({
    ID: id,
    Type: 'Office365_Modern',
    Description: name,
    Settings: {
      ApplicationId: clientId,
      TenantId: tenantId,
      CertificateThumbprint: certificate.thumbprint,
      CertificateExpirationDate: utcText(certificate.notAfter),
    },
  }));
}

/** With `type` alone where only the internal users are known; the word is our own choice, nobody published it. */
const directoryServices = ({ instance }: FunctionCall): unknown => instance.directoryServices ?? { type: 'internal' };

/** How a profile names its credential is not known: `details` says only what our own choice is. */
function profiles({ instance, args }: FunctionCall): unknown {
  if (args['raw'] !== 'true') throw new CallRefusal('Only raw profiles are supported.');
  return instance.profiles.map(({ id, name, mailbox, protocol }) => ({
    id,
    version: 1,
    owner: 'admin',
    type: 'I',
    connector: 'Office365',
    name,
    details: { mailbox, ...(protocol === null ? {} : { protocol }) },
    serverSideExecution: { automatic: true, automaticPauseBetweenExecutions: 300 },
  }));
}

const rowOf = ({ startedAt, completedAt, report: _report, profileId, profileName, ...run }: FinishedRun, zone: number) => ({
  ...run,
  userName: 'admin',
  ...(profileId === null ? {} : { profileId, profileName }),
  startTime: localText(startedAt, zone),
  completeTime: localText(completedAt, zone),
  machineName,
});

/** Finished runs, by the time they ended; the window is in the zone that was named. Only `$Local` is simulated. */
function workerResults({ instance, args, archives }: FunctionCall): unknown {
  const { fromIncluding = '', toExcluding = '', timeZoneID, profileID } = args;
  if (timeZoneID !== '$Local') throw notSimulated(`the time zone ${timeZoneID ?? ''}`);
  if (archives.refusesLongWindows() && Date.parse(`${toExcluding}Z`) - Date.parse(`${fromIncluding}Z`) > 31 * day)
    throw new CallRefusal('Nullable object must have a value.');
  return instance.runs
    .map((run) => rowOf(run, archives.zone()))
    .filter((row) => row.completeTime >= fromIncluding && row.completeTime < toExcluding)
    .filter((row) => profileID === undefined || String(row.profileId) === profileID);
}

function report({ instance, args }: FunctionCall): unknown {
  const run = instance.runs.find(({ id }) => String(id) === args['id']);
  if (run === undefined) throw new CallRefusal('The worker result was not found.');
  return run.report;
}

/** Keys of the object that must all be there: whether a missing one would be kept is not known, so it is refused (our own choice). */
function setDirectoryServices({ instance, args }: FunctionCall): unknown {
  const before = instance.directoryServices;
  const config: unknown = JSON.parse(args['config'] ?? '');
  if (before === null || typeof config !== 'object' || config === null) throw notSimulated('another type of directory services');
  const missing = Object.keys(before).find((key) => !(key in config));
  if (missing !== undefined) throw new CallRefusal(`Missing property ${missing}.`);
  if (Reflect.get(config, 'type') !== before.type) throw notSimulated('a change of the type of directory services');
  Object.assign(before, config);
  return null;
}

/** Its result is not known: this one is our own and nothing should read it. Without `dryRun` users are changed. */
function syncUsers({ instance, args, archives }: FunctionCall): Promise<unknown> {
  const console = archives.consoleOf(instance);
  return args['dryRun'] === 'true' ? console.testSettings().then((users) => ({ practice: users.length })) : console.synchronize();
}

const immediate: Readonly<Record<string, (call: FunctionCall) => unknown>> = {
  GetServerInfo: () => ({ version, machineName }),
  GetEnvironmentInfo: () => ({ version, webClientVersion: version, serverName: machineName, userName: 'admin' }),
  GetInstances: ({ archives, args }) => {
    if (args['instanceFilter'] !== '*') throw notSimulated('another filter of instances than *');
    return archives.instances.map(({ id, status }) => ({
      instanceID: id,
      alias: null,
      displayName: id,
      instanceHost: machineName,
      startMode: 'automatic',
      processID: status === 'running' ? 4711 : null,
      status,
      startStopError: null,
    }));
  },
  GetArchiveAdminEnabled: ({ instance }) => instance.archiveAdminEnabled,
  SetArchiveAdminEnabled: ({ instance, args }) => {
    instance.archiveAdminEnabled = args['enabled'] === 'true';
    return null;
  },
  GetUsers: ({ instance }) => instance.users.map((user) => ({ ...user, distinguishedName: null, mfaStatus: 'Disabled' })),
  GetCredentials: credentials,
  GetDirectoryServicesConfiguration: directoryServices,
  SetDirectoryServicesConfiguration: setDirectoryServices,
  GetProfiles: profiles,
  GetWorkerResults: workerResults,
  GetWorkerResultReport: report,
};

const long: Readonly<Record<string, (call: FunctionCall) => Promise<unknown>>> = {
  SyncUsersWithDirectoryServices: syncUsers,
  RunProfile: ({ instance, args, archives }) =>
    archives
      .consoleOf(instance)
      .runProfile(Number(args['id']))
      .then(() => null),
};

/** Functions about stores and indexes, and this one, answer without service provider access (UP). */
const withoutAccess = new Set(['GetArchiveAdminEnabled', 'SetArchiveAdminEnabled']);

function instanceOf(name: string, args: CallArguments, { kind, instances }: Archives): ArchiveInstance {
  const [first] = instances;
  if (kind === 'server' && first !== undefined) return first;
  // Functions of the whole server need none.
  if (args['instanceID'] === undefined) return emptyInstance('');
  const found = instances.find(({ id }) => id === args['instanceID']);
  if (found === undefined) throw new CallRefusal(`Instance ${args['instanceID']} does not exist.`);
  if (found.status !== 'running') throw new CallRefusal(`Instance ${found.id} is not running.`);
  if (!found.archiveAdminEnabled && !withoutAccess.has(name))
    throw new CallRefusal(`Service provider access is disabled for instance ${found.id}.`);
  return found;
}

/** @throws CallRefusal */
export function callFunction(name: string, args: CallArguments, archives: Archives): Result {
  const instance = instanceOf(name, args, archives);
  const call: FunctionCall = { args, archives, instance };
  if (name === 'RunProfile' && !instance.profiles.some(({ id }) => String(id) === args['id']))
    throw new CallRefusal('The profile was not found.');
  const later = long[name];
  if (later !== undefined) return { later: () => later(call) };
  const now = immediate[name];
  if (now === undefined) throw notSimulated(`the function ${name}`);
  return { now: now(call) };
}
