import { Fault } from '../faults.ts';
import { exchangeConnection, resourceAppIds, type Cloud } from '../clouds/index.ts';
import type { ProfileReference } from '../servers/index.ts';

/** From this day EWS is closed in Exchange Online unless the tenant allows the application. */
export const ewsBlockedFrom = '2026-10-01';
/** From this day EWS is gone, and a new registration with an EWS permission is refused here. */
export const ewsGoneFrom = '2027-04-01';

export function usesEws(profile: Pick<ProfileReference, 'permissions'>): boolean {
  return profile.permissions.some(
    ({ resourceAppId, value }) => resourceAppId === resourceAppIds.exchange && value === 'full_access_as_app',
  );
}

/**
 * Exchange Online PowerShell that adds one application to the tenant's EWS allow list. `Set-OrganizationConfig`
 * replaces the list, so the script reads, merges and writes; the list is set before EWS is enabled
 * (Exchange PowerShell reference, Set-OrganizationConfig -EwsAllowedAppIDs).
 */
export function allowEwsScript(clientId: string, cloud: Cloud): string {
  return [
    `$appId = '${clientId}'`,
    `Connect-ExchangeOnline${exchangeConnection(cloud)}`,
    '$current = (Get-OrganizationConfig -RetrieveEwsOperationAccessPolicy).EwsAllowedAppIDs',
    `$ids = @(@($current) | ForEach-Object { "$_" -split ',' } | ForEach-Object { $_.Trim() } | Where-Object { $_ })`,
    'if ($ids -notcontains $appId) { $ids += $appId }',
    `Set-OrganizationConfig -EwsAllowedAppIDs ($ids -join ',')`,
    'Set-OrganizationConfig -EwsEnabled $true',
  ].join('\n');
}

/** @throws Fault('registration.ews-gone') for a new registration with an EWS permission once EWS is gone */
export function refuseEwsAfterItsEnd(profile: ProfileReference, now: Date): void {
  if (usesEws(profile) && now.toISOString().slice(0, 10) >= ewsGoneFrom)
    throw new Fault('registration.ews-gone', { params: { profile: profile.id } });
}

/** Whole days until EWS is gone; 0 from that day on. */
export function ewsDaysLeft(now: Date): number {
  return Math.max(0, Math.ceil((Date.parse(`${ewsGoneFrom}T00:00:00Z`) - now.getTime()) / 86_400_000));
}
