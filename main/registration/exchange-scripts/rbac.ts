import { scopableWay, type ProfileReference } from '../../servers/index.ts';
import { mailboxParameters, newPrincipalLines, requirePrincipalLines, servicePrincipalLines, type ImapScript } from './imap.ts';
import { connectLines, literal, quoteFunction, resultLines, scriptFile, scriptHead } from './powershell.ts';

/** A role of Exchange's own, and the permission of Microsoft Entra ID that it stands for, which has no scope. */
export interface ScopedRole {
  readonly role: string;
  readonly permission: string;
}

export interface RbacScript extends ImapScript {
  /** At least one. */
  readonly roles: readonly ScopedRole[];
}

/**
 * The application roles of Exchange that stand for the mail permissions of a profile ("Role Based Access Control for Applications in
 * Exchange Online", supported application roles: those of Microsoft Graph, and EWS; none of IMAP). What opens no mail stays with
 * Microsoft Entra ID, where the proof can see it.
 */
export const scopedRoles = ({ permissions }: Pick<ProfileReference, 'permissions'>): ScopedRole[] =>
  permissions
    .filter((permission) => scopableWay(permission) !== null)
    .map(({ value }) => {
      const name = value === 'full_access_as_app' ? 'EWS.AccessAsApp' : value.replace(/\.All$/, '');
      return { role: `Application ${name}`, permission: value };
    });

/** The scope of one application; at most 64 characters. */
export const scopeName = (clientId: string): string => `Tenant Keyring ${clientId.toLowerCase()}`;

/**
 * The script for an Exchange administrator that gives an application the mailboxes of a group, or some mailboxes, and no other: a
 * management scope, and one role assignment in it for each role ("Role Based Access Control for Applications in Exchange Online").
 * `-WhatIf` changes nothing, and run again it changes nothing more. What the application has beside it is told, not taken away: while
 * Microsoft Entra ID grants the same permissions, the scope restricts nothing. It writes the undo, and the result as JSON.
 */
export function scopeFile(script: RbacScript): string {
  const { tenantId, tenantName, clientId, servicePrincipalId, name, roles } = script;
  const permissions = roles.map(({ permission }) => permission).join(', ');
  const help = {
    synopsis: `Gives the application ${name} (${clientId}) some mailboxes of the tenant ${tenantName} (${tenantId}) and no other.`,
    description: [
      'Run it with -WhatIf first. Permissions take effect within two hours; tokens do not show them.',
      `While Microsoft Entra ID grants the application ${permissions}, the scope restricts nothing.`,
    ],
    parameters: {
      Mailbox: 'Addresses of the mailboxes, where no group names them.',
      Group: 'Address of a group, whose direct members’ mailboxes it is about; members of groups in it are not.',
    },
  };
  const wanted = roles.map(({ role }) => {
    const assignment = `${role.replace(/^Application /, '')} ${clientId.toLowerCase()}`;
    return `  [pscustomobject]@{ Role = ${literal(role)}; Name = ${literal(assignment)} }`;
  });
  return scriptFile([
    ...scriptHead(help, script),
    `param(${mailboxParameters(script)})`,
    "$ErrorActionPreference = 'Stop'",
    `$tenantId = ${literal(tenantId.toLowerCase())}`,
    `$appId = ${literal(clientId.toLowerCase())}`,
    `$objectId = ${literal(servicePrincipalId.toLowerCase())}`,
    `$displayName = ${literal(name)}`,
    `$scopeName = ${literal(scopeName(clientId))}`,
    '$wanted = @(',
    ...wanted,
    ')',
    '',
    quoteFunction,
    "function ConvertTo-Comparable([string] $Filter) { ($Filter -replace '[()\\s]', '').ToLowerInvariant() }",
    ...servicePrincipalLines(),
    'function Get-Assigned($Each) { @(Get-ManagementRoleAssignment -Role $Each.Role | Where-Object { "$($_.Name)" -eq $Each.Name }).Count -gt 0 }',
    'function Get-ScopeState {',
    '  $registered = Get-Registered',
    '  $scope = Get-ManagementScope | Where-Object { "$($_.Name)" -eq $scopeName } | Select-Object -First 1',
    '  $held = @()',
    '  if ($registered) { $held = @(Test-ServicePrincipalAuthorization -Identity $registered.objectId | ForEach-Object { [pscustomobject]@{ role = "$($_.RoleName)"; scope = "$($_.AllowedResourceScope)" } }) }',
    '  [pscustomobject]@{',
    '    servicePrincipal = $registered',
    '    scope = $(if ($scope) { [pscustomobject]@{ name = "$($scope.Name)"; filter = "$($scope.RecipientFilter)" } } else { $null })',
    '    assigned = @($wanted | Where-Object { Get-Assigned $_ } | ForEach-Object { $_.Role })',
    '    held = $held',
    '  }',
    '}',
    '',
    ...connectLines(script),
    '',
    '$addresses = @($Mailbox | ForEach-Object { "$_".Trim().ToLowerInvariant() } | Where-Object { $_ } | Select-Object -Unique)',
    "if ([bool] $Group -eq ($addresses.Count -gt 0)) { throw 'Name a group with -Group, or mailboxes with -Mailbox, and not both. Nothing was changed.' }",
    'if ($Group) {',
    '  $filter = "MemberOfGroup -eq $(ConvertTo-Quoted (Get-Group -Identity $Group).DistinguishedName)"',
    '} else {',
    '  $filter = @($addresses | ForEach-Object { "PrimarySmtpAddress -eq $(ConvertTo-Quoted $_)" }) -join \' -or \'',
    '}',
    '',
    '$before = Get-ScopeState',
    "Write-Host \"Before: known to Exchange as $(if ($before.servicePrincipal) { $before.servicePrincipal.objectId } else { '(not known)' }); scope: $(if ($before.scope) { $before.scope.filter } else { '(none)' })\"",
    '$before.held | ForEach-Object { Write-Host "Before: $($_.role), scope $($_.scope)" }',
    ...requirePrincipalLines(),
    '$before.held | Where-Object { @($wanted.Role) -contains $_.role -and $_.scope -ne $scopeName } | ForEach-Object { Write-Warning "It has $($_.role) besides, with the scope $($_.scope), and may open those mailboxes too." }',
    '',
    '$missing = @($wanted | Where-Object { @($before.assigned) -notcontains $_.Role })',
    '$undo = @($missing | ForEach-Object { "Remove-ManagementRoleAssignment -Identity $(ConvertTo-Quoted $_.Name) -Confirm:`$false" })',
    'if (-not $before.scope) {',
    '  $undo += "Remove-ManagementScope -Identity $(ConvertTo-Quoted $scopeName) -Confirm:`$false"',
    '} elseif ((ConvertTo-Comparable $before.scope.filter) -ne (ConvertTo-Comparable $filter)) {',
    '  $undo += "Set-ManagementScope -Identity $(ConvertTo-Quoted $scopeName) -RecipientRestrictionFilter $(ConvertTo-Quoted $before.scope.filter)"',
    '}',
    'if (-not $before.servicePrincipal) { $undo += "Remove-ServicePrincipal -Identity \'$objectId\' -Confirm:`$false" }',
    'Write-Host "To undo it:`n$($undo -join "`n")"',
    ...newPrincipalLines(),
    'if (-not $before.scope) {',
    '  if ($PSCmdlet.ShouldProcess($scopeName, "New-ManagementScope -RecipientRestrictionFilter $filter")) {',
    '    New-ManagementScope -Name $scopeName -RecipientRestrictionFilter $filter | Out-Null',
    '  }',
    '} elseif ((ConvertTo-Comparable $before.scope.filter) -ne (ConvertTo-Comparable $filter)) {',
    '  if ($PSCmdlet.ShouldProcess($scopeName, "Set-ManagementScope -RecipientRestrictionFilter $filter")) {',
    '    Set-ManagementScope -Identity $scopeName -RecipientRestrictionFilter $filter',
    '  }',
    '}',
    'foreach ($each in $missing) {',
    "  if ($PSCmdlet.ShouldProcess($displayName, \"New-ManagementRoleAssignment -Role '$($each.Role)' -CustomResourceScope '$scopeName'\")) {",
    '    New-ManagementRoleAssignment -Name $each.Name -Role $each.Role -App $objectId -CustomResourceScope $scopeName | Out-Null',
    '  }',
    '}',
    '',
    '$after = Get-ScopeState',
    `Write-Warning ${literal(`While Microsoft Entra ID grants the application ${permissions}, the scope restricts nothing.`)}`,
    ...resultLines('rbac', ['appId = $appId; objectId = $objectId; filter = $filter; before = $before; after = $after; undo = @($undo)']),
  ]);
}
