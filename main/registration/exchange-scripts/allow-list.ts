import { connectLines, literal, resultLines, scriptFile, scriptHead, type ExchangeStep } from './powershell.ts';

export interface ExchangeScript extends ExchangeStep {
  /** The application that is to be allowed. */
  readonly clientId: string;
  readonly name: string;
  /** The other applications with a permission for EWS: a list in force cuts them off. */
  readonly others: readonly { readonly clientId: string; readonly name: string }[];
}

/**
 * The one script for an Exchange administrator that lets an application go on using EWS until its end: it reads switch and list, adds to
 * the list and writes it back as a whole ("Set-OrganizationConfig", -EwsAllowedAppIDs; the list before the switch), and says what it
 * found. `-WhatIf` changes nothing, and run again it changes nothing more. Where nothing restricts yet it stops while another
 * application with a permission for EWS is neither listed nor looked at. It writes the undo, and the result as JSON.
 */
export function allowEwsFile(script: ExchangeScript): string {
  const { tenantId, tenantName, clientId, name, others, result } = script;
  const listed = others.map(
    (other) => `  [pscustomobject]@{ Id = ${literal(other.clientId.toLowerCase())}; Name = ${literal(other.name)} }`,
  );
  const help = {
    synopsis: `Lets the application ${name} (${clientId}) use EWS in the tenant ${tenantName} (${tenantId}), until EWS ends on April 1, 2027.`,
    description: ['Run it with -WhatIf first. The list takes effect within 24 hours, the switch within one.'],
    parameters: {
      Include: 'Client IDs of further applications that are to go on using EWS.',
      OthersChecked: 'Every other application that is named was looked at and may be cut off.',
    },
  };
  return scriptFile([
    ...scriptHead(help, script),
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
    ...connectLines(script),
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
    ...resultLines('allow-list', ['appId = $appId; before = $before; after = $after; undo = $undo']),
  ]);
}
