/** What get-metadata tells of one argument. `nullable: false` = mandatory. */
export interface ArgumentSpec {
  readonly name: string;
  readonly type: 'string' | 'number' | 'bool' | 'json';
  readonly nullable: boolean;
}

export interface FunctionSpec {
  readonly name: string;
  readonly args: readonly ArgumentSpec[];
}

export type ServerKind = 'server' | 'spe';

/**
 * Which functions there are: `new` has the credential functions of SPE 25.3.1, `old` reads credentials only (R24, P24), and
 * `before-credentials` is a version that knows none of them (P18).
 */
export type Dialect = 'new' | 'old' | 'before-credentials';

const must = (name: string, type: ArgumentSpec['type']): ArgumentSpec => ({ name, type, nullable: false });
const may = (name: string, type: ArgumentSpec['type']): ArgumentSpec => ({ name, type, nullable: true });

/** Functions of an archive: in both products, with `instanceID` before the others in the Service Provider Edition. */
const ofArchive: readonly FunctionSpec[] = [
  { name: 'GetUsers', args: [] },
  { name: 'GetUserInfo', args: [must('userName', 'string')] },
  { name: 'GetCredentials', args: [] },
  { name: 'GetDirectoryServicesConfiguration', args: [] },
  { name: 'SetDirectoryServicesConfiguration', args: [must('config', 'json')] },
  { name: 'SyncUsersWithDirectoryServices', args: [may('dryRun', 'bool')] },
  { name: 'GetProfiles', args: [must('raw', 'bool')] },
  { name: 'CreateProfile', args: [must('properties', 'json'), must('raw', 'bool')] },
  { name: 'DeleteProfile', args: [must('id', 'number')] },
  { name: 'RunProfile', args: [must('id', 'number')] },
  {
    name: 'GetWorkerResults',
    args: [
      must('fromIncluding', 'string'),
      must('toExcluding', 'string'),
      must('timeZoneID', 'string'),
      may('profileID', 'number'),
      may('userName', 'string'),
    ],
  },
  { name: 'GetWorkerResultReport', args: [must('id', 'number')] },
];

/** Names from SPE 25.3.1; nobody published their arguments, so these are our own choice. */
const credentialFunctions: readonly FunctionSpec[] = [
  { name: 'CreateCredential', args: [must('properties', 'json')] },
  { name: 'DeleteCredential', args: [must('id', 'number')] },
  { name: 'GetCredentialSettings', args: [must('id', 'number')] },
  { name: 'SetCredentialSettings', args: [must('id', 'number'), must('settings', 'json')] },
];

const ofServer: readonly FunctionSpec[] = [
  { name: 'GetServerInfo', args: [] },
  { name: 'GetServiceConfiguration', args: [] },
];

const ofServiceProvider: readonly FunctionSpec[] = [
  { name: 'GetEnvironmentInfo', args: [] },
  { name: 'GetServiceStatus', args: [] },
  { name: 'GetInstances', args: [must('instanceFilter', 'string')] },
  { name: 'GetArchiveAdminEnabled', args: [must('instanceID', 'string')] },
  { name: 'SetArchiveAdminEnabled', args: [must('instanceID', 'string'), must('enabled', 'bool')] },
];

/** What get-metadata answers. It lists neither itself nor get-status nor cancel-async. */
export function functionsOf(kind: ServerKind, dialect: Dialect): readonly FunctionSpec[] {
  const archive = ofArchive.filter(({ name }) => dialect !== 'before-credentials' || name !== 'GetCredentials');
  if (dialect === 'new' && kind === 'spe') archive.push(...credentialFunctions);
  if (kind === 'server') return [...ofServer, ...archive];
  const instance = must('instanceID', 'string');
  return [...ofServiceProvider, ...archive.map(({ name, args }) => ({ name, args: [instance, ...args] }))];
}
