import { connectLines, literal, resultLines, scriptFile, scriptHead, type ExchangeStep } from './powershell.ts';

/**
 * The script for an Exchange administrator that looks for what cannot be archived without EWS: archive mailboxes and public folders
 * (Microsoft, "Deprecation of Exchange Web Services in Exchange Online": gaps of Microsoft Graph), and for mailboxes for which IMAP is off, as it is by default for those of Exchange
 * Online Kiosk ("Set-CASMailboxPlan"). It changes nothing.
 */
export function lossesFile(script: ExchangeStep): string {
  const { tenantId, tenantName, result } = script;
  const help = {
    synopsis: `Looks for what cannot be archived without EWS in the tenant ${tenantName} (${tenantId}). Changes nothing.`,
    description: ['It reads which mailboxes have an archive, whether there are public folders, and for which mailboxes IMAP is off.'],
    parameters: {},
  };
  return scriptFile([
    ...scriptHead(help, script),
    `param([string] $ResultPath = ${literal(result)})`,
    "$ErrorActionPreference = 'Stop'",
    `$tenantId = ${literal(tenantId.toLowerCase())}`,
    '',
    ...connectLines(script),
    '',
    '$archives = @(Get-EXOMailbox -Archive -ResultSize Unlimited | ForEach-Object { "$($_.PrimarySmtpAddress)".ToLowerInvariant() })',
    '$publicFolders = 0',
    'if (@(Get-Mailbox -PublicFolder -ResultSize Unlimited).Count -gt 0) {',
    '  $publicFolders = @(Get-PublicFolder -Recurse -ResultSize Unlimited | Where-Object { "$($_.Identity)" -ne \'\\\' }).Count',
    '}',
    '$withoutImap = @(Get-EXOCASMailbox -ResultSize Unlimited | Where-Object { -not $_.ImapEnabled } | ForEach-Object { "$($_.PrimarySmtpAddress)".ToLowerInvariant() })',
    'Write-Host "Archive mailboxes: $($archives.Count); public folders: $publicFolders; mailboxes with IMAP off: $($withoutImap.Count)"',
    ...resultLines('losses', ['archives = @($archives); publicFolders = $publicFolders; withoutImap = @($withoutImap)']),
  ]);
}
