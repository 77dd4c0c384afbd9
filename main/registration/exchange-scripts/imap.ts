import { connectLines, literal, quoteFunction, resultLines, scriptFile, scriptHead, type ExchangeStep } from './powershell.ts';

export interface ImapScript extends ExchangeStep {
  /** The application that is to open mailboxes. */
  readonly clientId: string;
  /** Object id of the enterprise application: not that of the registration, and not the client id. */
  readonly servicePrincipalId: string;
  readonly name: string;
  /** Addresses of the mailboxes; empty where a group or the script's own parameter names them. */
  readonly mailboxes: readonly string[];
  /** Address of a group, whose direct members' mailboxes are opened; null without one. */
  readonly group: string | null;
}

/** Parameters of a script that is about some mailboxes. */
export const mailboxParameters = ({ mailboxes, group, result }: Pick<ImapScript, 'mailboxes' | 'group' | 'result'>): string =>
  `[string[]] $Mailbox = @(${mailboxes.map(literal).join(', ')}), [string] $Group = ${literal(group ?? '')}, [string] $ResultPath = ${literal(result)}`;

/**
 * Makes the application known to Exchange, and stops where it is known by a wrong object id: such an entry is taken and does not work
 * ("Authenticate an IMAP, POP or SMTP connection using OAuth").
 */
export const servicePrincipalLines = (): string[] => [
  'function Get-Registered {',
  '  Get-ServicePrincipal | Where-Object { "$($_.AppId)" -eq $appId } | Select-Object -First 1 |',
  '    ForEach-Object { [pscustomobject]@{ appId = "$($_.AppId)".ToLowerInvariant(); objectId = "$($_.ObjectId)".ToLowerInvariant() } }',
  '}',
];

/** Stops before anything is changed. */
export const requirePrincipalLines = (): string[] => [
  'if ($before.servicePrincipal -and $before.servicePrincipal.objectId -ne $objectId) {',
  '  throw "Exchange knows the application by the object id $($before.servicePrincipal.objectId), and the enterprise application has $objectId. Run: Remove-ServicePrincipal -Identity $($before.servicePrincipal.objectId) and this script again. Nothing was changed."',
  '}',
];

export const newPrincipalLines = (): string[] => [
  'if (-not $before.servicePrincipal) {',
  "  if ($PSCmdlet.ShouldProcess($displayName, \"New-ServicePrincipal -AppId '$appId' -ObjectId '$objectId'\")) {",
  '    New-ServicePrincipal -AppId $appId -ObjectId $objectId -DisplayName $displayName | Out-Null',
  '  }',
  '}',
];

/**
 * The script for an Exchange administrator that opens mailboxes to an application over IMAP: the application becomes known to Exchange
 * by the object id of its enterprise application, and gets full access to each mailbox ("Authenticate an IMAP, POP or SMTP connection
 * using OAuth"). `-WhatIf` changes nothing, and run again it changes nothing more. A mailbox that is not found holds up none of the
 * others. It says what it found, writes the undo, and the result as JSON.
 */
export function openImapFile(script: ImapScript): string {
  const { tenantId, tenantName, clientId, servicePrincipalId, name } = script;
  const help = {
    synopsis: `Lets the application ${name} (${clientId}) open mailboxes over IMAP in the tenant ${tenantName} (${tenantId}).`,
    description: ['Run it with -WhatIf first. Permissions take effect within two hours.'],
    parameters: {
      Mailbox: 'Addresses of mailboxes.',
      Group: 'Address of a group, whose direct members’ mailboxes are opened too.',
      AllMailboxes: 'The mailboxes of all users, and all shared mailboxes.',
    },
  };
  return scriptFile([
    ...scriptHead(help, script),
    `param(${mailboxParameters(script)}, [switch] $AllMailboxes)`,
    "$ErrorActionPreference = 'Stop'",
    `$tenantId = ${literal(tenantId.toLowerCase())}`,
    `$appId = ${literal(clientId.toLowerCase())}`,
    `$objectId = ${literal(servicePrincipalId.toLowerCase())}`,
    `$displayName = ${literal(name)}`,
    '',
    quoteFunction,
    ...servicePrincipalLines(),
    // Asked for an application that Exchange has not heard of it fails: then nothing is granted.
    'function Test-FullAccess([string] $Address) {',
    '  try {',
    '    @(Get-MailboxPermission -Identity $Address -User $objectId | Where-Object { "$($_.AccessRights)" -match \'FullAccess\' -and -not $_.Deny }).Count -gt 0',
    '  } catch { $false }',
    '}',
    'function Get-MailboxState([string] $Address) {',
    '  try {',
    '    $imap = (Get-CASMailbox -Identity $Address).ImapEnabled',
    '    [pscustomobject]@{ address = $Address; found = $true; fullAccess = (Test-FullAccess $Address); imapEnabled = [bool] $imap; reason = $null }',
    '  } catch {',
    '    [pscustomobject]@{ address = $Address; found = $false; fullAccess = $false; imapEnabled = $false; reason = "$($_.Exception.Message)" }',
    '  }',
    '}',
    'function Get-ImapState {',
    '  [pscustomobject]@{ servicePrincipal = Get-Registered; mailboxes = @($addresses | ForEach-Object { Get-MailboxState $_ }) }',
    '}',
    '',
    ...connectLines(script),
    '',
    '$addresses = @($Mailbox)',
    'if ($Group) {',
    '  $addresses += @(Get-DistributionGroupMember -Identity $Group -ResultSize Unlimited | Where-Object { "$($_.RecipientType)" -eq \'UserMailbox\' } | ForEach-Object { "$($_.PrimarySmtpAddress)" })',
    '}',
    'if ($AllMailboxes) {',
    "  $addresses += @(Get-EXOMailbox -ResultSize Unlimited -RecipientTypeDetails @('UserMailbox', 'SharedMailbox') | ForEach-Object { \"$($_.PrimarySmtpAddress)\" })",
    '}',
    '$addresses = @($addresses | ForEach-Object { "$_".Trim().ToLowerInvariant() } | Where-Object { $_ } | Select-Object -Unique)',
    "if ($addresses.Count -eq 0) { throw 'No mailbox is named: use -Mailbox, -Group or -AllMailboxes. Nothing was changed.' }",
    '',
    '$before = Get-ImapState',
    'Write-Host "Before: known to Exchange as $(if ($before.servicePrincipal) { $before.servicePrincipal.objectId } else { \'(not known)\' })"',
    '$before.mailboxes | ForEach-Object { Write-Host "Before: $($_.address): full access $($_.fullAccess), IMAP $($_.imapEnabled) $($_.reason)" }',
    ...requirePrincipalLines(),
    '',
    '$closed = @($before.mailboxes | Where-Object { $_.found -and -not $_.fullAccess })',
    '$undo = @($closed | ForEach-Object { "Remove-MailboxPermission -Identity $(ConvertTo-Quoted $_.address) -User \'$objectId\' -AccessRights FullAccess -Confirm:`$false" })',
    'if (-not $before.servicePrincipal) { $undo += "Remove-ServicePrincipal -Identity \'$objectId\' -Confirm:`$false" }',
    'Write-Host "To undo it:`n$($undo -join "`n")"',
    ...newPrincipalLines(),
    'foreach ($each in $closed) {',
    '  if ($PSCmdlet.ShouldProcess($each.address, "Add-MailboxPermission -User \'$objectId\' -AccessRights FullAccess")) {',
    '    try {',
    '      Add-MailboxPermission -Identity $each.address -User $objectId -AccessRights FullAccess | Out-Null',
    '    } catch {',
    '      Write-Warning "$($each.address): $($_.Exception.Message)"',
    '    }',
    '  }',
    '}',
    '',
    '$after = Get-ImapState',
    '$after.mailboxes | Where-Object { -not $_.found } | ForEach-Object { Write-Warning "$($_.address) was not found: $($_.reason)" }',
    '$after.mailboxes | Where-Object { $_.found -and -not $_.imapEnabled } | ForEach-Object { Write-Warning "IMAP is off for $($_.address): Set-CASMailbox -Identity $(ConvertTo-Quoted $_.address) -ImapEnabled `$true" }',
    ...resultLines('imap', ['appId = $appId; objectId = $objectId; before = $before; after = $after; undo = @($undo)']),
  ]);
}
