import type { Cloud } from '../clouds/index.ts';
import { visibleLine } from '../visible-text.ts';

export interface ExchangeScript {
  readonly cloud: Cloud;
  readonly tenantId: string;
  readonly tenantName: string;
  /** The application that is to be allowed. */
  readonly clientId: string;
  readonly name: string;
  /** The other applications with a permission for EWS: a list in force cuts them off. */
  readonly others: readonly { readonly clientId: string; readonly name: string }[];
  /** Where the script writes its result, a file name. */
  readonly result: string;
  readonly generatedAt: string;
}

/** Every character that PowerShell takes for a single quotation mark (about_Quoting_Rules; U+2018 to U+201B count too). */
const quotationMarks = /['\u2018-\u201B]/g;

/** A PowerShell literal: nothing in it is run, whatever somebody called an application. */
const literal = (text: string): string => `'${visibleLine(text).replaceAll(quotationMarks, '$&$&')}'`;

/** A text inside a block comment, which `#>` would end. */
const remark = (text: string): string => visibleLine(text).replaceAll('#>', '# >');

/**
 * The one script for an Exchange administrator that lets an application go on using EWS until its end: it reads switch and list, adds to
 * the list and writes it back as a whole ("Set-OrganizationConfig", -EwsAllowedAppIDs; the list before the switch), and says what it
 * found. `-WhatIf` changes nothing, and run again it changes nothing more. Where nothing restricts yet it stops while another
 * application with a permission for EWS is neither listed nor looked at. It writes the undo, and the result as JSON.
 */
export function allowEwsFile({ cloud, tenantId, tenantName, clientId, name, others, result, generatedAt }: ExchangeScript): string {
  const environment = cloud.exchangeEnvironment === 'O365Default' ? '' : ` -ExchangeEnvironmentName ${cloud.exchangeEnvironment}`;
  const listed = others.map(
    (other) => `  [pscustomobject]@{ Id = ${literal(other.clientId.toLowerCase())}; Name = ${literal(other.name)} }`,
  );
  return `${[
    '#Requires -Version 5.1',
    '#Requires -Modules ExchangeOnlineManagement',
    '<#',
    `.SYNOPSIS`,
    `Lets the application ${remark(name)} (${clientId}) use EWS in the tenant ${remark(tenantName)} (${tenantId}), until EWS ends on April 1, 2027.`,
    '.DESCRIPTION',
    `Made by Tenant Keyring on ${generatedAt}. Run it with -WhatIf first. The list takes effect within 24 hours, the switch within one.`,
    'Where only signed scripts may run, sign it (Set-AuthenticodeSignature), or let an administrator run it in a session of his own.',
    '.PARAMETER Include',
    'Client IDs of further applications that are to go on using EWS.',
    '.PARAMETER OthersChecked',
    'Every other application that is named was looked at and may be cut off.',
    '#>',
    '[CmdletBinding(SupportsShouldProcess = $true)]',
    `param([string[]] $Include = @(), [switch] $OthersChecked, [string] $ResultPath = ${literal(result)})`,
    "$ErrorActionPreference = 'Stop'",
    `$tenantId = ${literal(tenantId.toLowerCase())}`,
    `$appId = ${literal(clientId.toLowerCase())}`,
    '$others = @(',
    ...listed,
    ')',
    '',
    'function Get-EwsState {',
    '  $list = (Get-OrganizationConfig -RetrieveEwsOperationAccessPolicy).EwsAllowedAppIDs',
    '  [pscustomobject]@{',
    '    ewsEnabled = (Get-OrganizationConfig).EwsEnabled',
    '    ewsAllowedAppIds = @(@($list) | ForEach-Object { "$_" -split \',\' } | ForEach-Object { $_.Trim().ToLowerInvariant() } | Where-Object { $_ })',
    '  }',
    '}',
    '',
    `Connect-ExchangeOnline -ShowBanner:$false${environment}`,
    "$connection = Get-ConnectionInformation | Where-Object { $_.State -eq 'Connected' } | Select-Object -Last 1",
    'if ("$($connection.TenantID)".ToLowerInvariant() -ne $tenantId) { throw "Signed in to tenant $($connection.TenantID), and meant is $tenantId." }',
    '',
    '$before = Get-EwsState',
    "$enabledBefore = if ($null -eq $before.ewsEnabled) { '$null' } else { '$' + \"$($before.ewsEnabled)\".ToLowerInvariant() }",
    'Write-Host "Before: EwsEnabled $enabledBefore; EwsAllowedAppIDs: $($before.ewsAllowedAppIds -join \',\')"',
    '$wanted = @($before.ewsAllowedAppIds) + $appId + @($Include | ForEach-Object { $_.Trim().ToLowerInvariant() }) | Select-Object -Unique',
    '$cutOff = @($others | Where-Object { $wanted -notcontains $_.Id })',
    '$unrestricted = ($null -eq $before.ewsEnabled) -or ($before.ewsEnabled -eq $true -and $before.ewsAllowedAppIds.Count -eq 0)',
    'if ($unrestricted -and $cutOff.Count -gt 0 -and -not $OthersChecked) {',
    '  $cutOff | ForEach-Object { Write-Warning "$($_.Name) ($($_.Id)) would be cut off from EWS." }',
    "  throw 'Add them with -Include, or say with -OthersChecked that they may be cut off. Nothing was changed.'",
    '}',
    '',
    "$undo = @(\"Set-OrganizationConfig -EwsEnabled $enabledBefore\", $(if ($before.ewsAllowedAppIds.Count -eq 0) { 'Set-OrganizationConfig -EwsAllowedAppIDs $null' } else { \"Set-OrganizationConfig -EwsAllowedAppIDs '$($before.ewsAllowedAppIds -join ',')'\" }))",
    'Write-Host "To undo it:`n$($undo -join "`n")"',
    '$missing = @($wanted | Where-Object { $before.ewsAllowedAppIds -notcontains $_ })',
    "if ($missing.Count -gt 0 -and $PSCmdlet.ShouldProcess($tenantId, \"Set-OrganizationConfig -EwsAllowedAppIDs '$($wanted -join ',')'\")) {",
    "  Set-OrganizationConfig -EwsAllowedAppIDs ($wanted -join ',')",
    '}',
    "if ($before.ewsEnabled -ne $true -and $PSCmdlet.ShouldProcess($tenantId, 'Set-OrganizationConfig -EwsEnabled $true')) {",
    '  Set-OrganizationConfig -EwsEnabled $true',
    '}',
    '',
    '$after = Get-EwsState',
    '$document = [pscustomobject]@{',
    "  version = 1; tenantId = $tenantId; appId = $appId; at = (Get-Date).ToUniversalTime().ToString('o'); whatIf = [bool] $WhatIfPreference",
    '  before = $before; after = $after; undo = $undo',
    '}',
    '$document | ConvertTo-Json -Depth 4 | Out-File -FilePath $ResultPath -Encoding utf8 -WhatIf:$false',
    'Write-Host "Result: $ResultPath"',
  ].join('\r\n')}\r\n`;
}
