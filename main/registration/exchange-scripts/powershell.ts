import { exchangeConnection, type Cloud } from '../../clouds/index.ts';
import { visibleLine } from '../../visible-text.ts';

/** Every character that PowerShell takes for a single quotation mark (about_Quoting_Rules; U+2018 to U+201B count too). */
const quotationMarks = /['\u2018-\u201B]/g;

/** A PowerShell literal: nothing in it is run, whatever somebody called an application. */
export const literal = (text: string): string => `'${visibleLine(text).replaceAll(quotationMarks, '$&$&')}'`;

/** A text inside a block comment, which `#>` would end. */
export const remark = (text: string): string => visibleLine(text).replaceAll('#>', '# >');

/** What every script for an Exchange administrator is about. */
export interface ExchangeStep {
  readonly cloud: Cloud;
  readonly tenantId: string;
  readonly tenantName: string;
  /** Where the script writes its result, a file name. */
  readonly result: string;
  /** ISO 8601 UTC. */
  readonly generatedAt: string;
}

/** What a script says of itself, without line breaks; `parameters` are help beside names. */
export interface ScriptHelp {
  readonly synopsis: string;
  readonly description: readonly string[];
  readonly parameters: Readonly<Record<string, string>>;
}

/** The first lines of a script: what it needs, what it is, and that it asks before it changes something. */
export const scriptHead = ({ synopsis, description, parameters }: ScriptHelp, { generatedAt }: ExchangeStep): string[] => [
  '#Requires -Version 5.1',
  '#Requires -Modules ExchangeOnlineManagement',
  '<#',
  '.SYNOPSIS',
  remark(synopsis),
  '.DESCRIPTION',
  `Made by Tenant Keyring on ${generatedAt}. ${description.map(remark).join(' ')}`,
  'Where only signed scripts may run, sign it (Set-AuthenticodeSignature), or let an administrator run it in a session of his own.',
  ...Object.entries(parameters).flatMap(([name, help]) => [`.PARAMETER ${name}`, remark(help)]),
  '#>',
  '[CmdletBinding(SupportsShouldProcess = $true)]',
];

/** Signs in, and stops where somebody signed in to another tenant. Expects `$tenantId` in lower case. */
export const connectLines = ({ cloud }: ExchangeStep): string[] => [
  `Connect-ExchangeOnline -ShowBanner:$false${exchangeConnection(cloud)}`,
  "$connection = Get-ConnectionInformation | Where-Object { $_.State -eq 'Connected' } | Select-Object -Last 1",
  'if ("$($connection.TenantID)".ToLowerInvariant() -ne $tenantId) { throw "Signed in to tenant $($connection.TenantID), and meant is $tenantId." }',
];

/**
 * Writes the result, also with -WhatIf, which it tells.
 *
 * @param kind which script wrote it
 * @param fields further lines of the document
 */
export const resultLines = (kind: string, fields: readonly string[]): string[] => [
  '$document = [pscustomobject]@{',
  `  version = 1; kind = '${kind}'; tenantId = $tenantId; at = (Get-Date).ToUniversalTime().ToString('o'); whatIf = [bool] $WhatIfPreference`,
  ...fields.map((line) => `  ${line}`),
  '}',
  '$document | ConvertTo-Json -Depth 6 | Out-File -FilePath $ResultPath -Encoding utf8 -WhatIf:$false',
  'Write-Host "Result: $ResultPath"',
];

/** A function of the scripts: a text as a literal of the commands that undo something. */
export const quoteFunction =
  'function ConvertTo-Quoted([string] $Text) { "\'" + [System.Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($Text) + "\'" }';

/** A script as bytes: Windows PowerShell 5.1 takes one without the mark for the code page of the computer. */
export const scriptBytes = (text: string): Buffer => Buffer.from(`\u{FEFF}${text}`);

/** The lines as a file, as Windows ends lines. */
export const scriptFile = (lines: readonly string[]): string => `${lines.join('\r\n')}\r\n`;
