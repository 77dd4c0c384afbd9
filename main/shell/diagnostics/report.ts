import { arch, platform, release } from 'node:os';
import type { Settings } from '../../../preload/contract.ts';
import { redact } from '../../log/index.ts';
import { visibleText } from '../../visible-text.ts';
import type { CredentialRecord } from '../../credential/index.ts';
import { faultsIn } from './log-faults.ts';

export interface ReportParts {
  readonly at: Date;
  readonly version: string;
  readonly practice: boolean;
  readonly language: string;
  readonly directory: string;
  readonly settings: Settings;
  /** The live ones. */
  readonly credentials: readonly CredentialRecord[];
  /** How many are in the bin. */
  readonly deleted: number;
  /** The ends of the log files, by their names. */
  readonly logs: readonly { readonly name: string; readonly lines: readonly string[] }[];
}

type Line = readonly [name: string, value: string | number | boolean | null | undefined];

const section = (title: string, lines: readonly Line[]): string[] => [
  '',
  title,
  ...lines.map(([name, value]) => `  ${name}: ${value ?? '-'}`),
];

function redacted(line: string): string {
  const told = redact(line);
  return typeof told === 'string' ? visibleText(told) : '';
}

/** One credential by its id, as the log calls it: what customers are called stays here. */
function credentialLines({
  id,
  cloud,
  tenantId,
  clientId,
  custody,
  profile,
  adopted,
  certificate,
  state,
  proof,
}: CredentialRecord): Line[] {
  const handover = certificate?.handover ?? null;
  const open = proof?.checks.filter(({ result }) => result !== 'passed').map(({ check, result }) => `${check} ${result}`) ?? [];
  return [
    [`credential ${id}`, state],
    ['  cloud', cloud],
    ['  tenant', tenantId],
    ['  application', clientId],
    ['  profile', `${profile.id} ${profile.version}`],
    ['  custody', `${custody}${adopted ? ', adopted' : ''}`],
    [
      '  certificate',
      certificate === null ? null : `${certificate.thumbprint}, ${certificate.keySize} bits, until ${certificate.notAfter}`,
    ],
    [
      '  handed over',
      handover === null
        ? null
        : `${handover.confirmedAt}${handover.profile.id === profile.id ? '' : `, for the permissions of ${handover.profile.id}`}`,
    ],
    ['  last verified', proof?.at ?? null],
    ['  not passed', open.length === 0 ? null : open.join(', ')],
  ];
}

/**
 * What somebody who helps has to know, to be read before it is sent: versions, settings, states, faults, the end of the
 * log. In English, as the log is. Every line goes through the log's redaction, so no secret and no person is in it.
 */
export function reportText({ at, version, practice, language, directory, settings, credentials, deleted, logs }: ReportParts): string {
  const { electron, chrome, node, openssl, sqlite } = process.versions;
  const lines = [
    'Tenant Keyring diagnostics',
    'No keys, tokens or passwords are in here, and no names of people or credentials.',
    ...section('Program', [
      ['time', at.toISOString()],
      ['version', version],
      ['practice', practice],
      ['language', language],
      ['data folder', directory],
      ['system', `${platform()} ${release()} ${arch()}`],
      ['Electron', electron],
      ['Chromium', chrome],
      ['Node', node],
      ['OpenSSL', openssl],
      ['SQLite', sqlite],
    ]),
    ...section('Settings', Object.entries(settings)),
    ...section('Credentials', [
      ['in the list', credentials.length],
      ['recently deleted', deleted],
      ...credentials.flatMap(credentialLines),
    ]),
    ...section(
      'Faults in the log',
      faultsIn(logs.flatMap((log) => log.lines)).map(({ code, times, last }): Line => [code, `${times} times, last ${last}`]),
    ),
    ...logs.flatMap((log) => ['', `End of ${log.name}`, ...log.lines]),
  ];
  return `${lines.map(redacted).join('\n')}\n`;
}
