import type { PracticeTenant, World } from '../world.ts';

/** A setting that servers have cached: what was before counts until then. */
export interface Setting<T> {
  readonly value: T;
  readonly before: T;
  /** Epoch milliseconds from when the new value counts. */
  readonly from: number;
}

/** Roles of RBAC for Applications that are simulated ("Role Based Access Control for Applications in Exchange Online", application roles). */
export const applicationRoles = [
  'Application EWS.AccessAsApp',
  'Application Mail.Read',
  'Application Mail.ReadBasic',
  'Application Mail.ReadWrite',
] as const;
export type ApplicationRole = (typeof applicationRoles)[number];

/** What an administrator sets in Exchange Online PowerShell, as far as it is simulated. */
export interface PracticeExchange {
  /** `Set-OrganizationConfig -EwsEnabled`. */
  ewsEnabled: Setting<boolean | null>;
  /** `Set-OrganizationConfig -EwsAllowedAppIDs`, lower case. */
  ewsAllowedAppIds: Setting<readonly string[]>;
  /** Address in lower case → `Set-CASMailbox`; what is left out is on. `archive`: `Enable-Mailbox -Archive`; nothing is in it. */
  mailboxes: Record<string, { readonly ewsEnabled?: boolean; readonly imapEnabled?: boolean; readonly archive?: boolean }>;
  /** How many `New-PublicFolder` has made; nothing is in them. */
  publicFolders?: number;
  /** `New-ServicePrincipal`, as it was typed: a wrong object id is taken and does not work. */
  servicePrincipals: { readonly appId: string; readonly objectId: string }[];
  /** `Add-MailboxPermission -AccessRights FullAccess`. */
  mailboxPermissions: { readonly mailbox: string; readonly objectId: string }[];
  /** `New-ManagementRoleAssignment -App`; `mailboxes` null = every one; `scope` where a script has named it. */
  roleAssignments: {
    readonly appId: string;
    readonly role: ApplicationRole;
    readonly mailboxes: readonly string[] | null;
    readonly scope?: string;
  }[];
}

const minute = 60_000;

/** "Notes from the field: testing EWSAllowedAppIDs safely" (Exchange Team Blog, August 2026): the switch takes about an hour, the list about a day. */
export const settlingMs = { ewsEnabled: 60 * minute, ewsAllowedAppIds: 24 * 60 * minute } as const;

/** Nobody has set anything, as in most tenants. */
export const exchangeOf = ({ exchange }: PracticeTenant): PracticeExchange =>
  exchange ?? {
    ewsEnabled: { value: null, before: null, from: 0 },
    ewsAllowedAppIds: { value: [], before: [], from: 0 },
    mailboxes: {},
    servicePrincipals: [],
    mailboxPermissions: [],
    roleAssignments: [],
  };

/** The date at Exchange Online: tokens keep this computer's, with which clients sign. */
export const exchangeNow = ({ now, knobs }: Pick<World, 'now' | 'knobs'>): Date => new Date(now().getTime() + (knobs.exchangeAhead ?? 0));

const counting = <T>({ value, before, from }: Setting<T>, now: number): T => (now >= from ? value : before);

/** "Exchange Online EWS, Your Time is Almost Up" (techcommunity 4492361). */
const blockedFrom = Date.parse('2026-10-01T00:00:00Z');
const goneFrom = Date.parse('2027-04-01T00:00:00Z');

/** True once nothing can be set about EWS: it is gone "without exceptions", its controls with it (techcommunity 4492361). */
export const ewsIsGone = (world: Pick<World, 'now' | 'knobs'>): boolean => exchangeNow(world).getTime() >= goneFrom;

/** Why Exchange Online refuses EWS: the two values of `X-EWS-Policy-Reason`; null = it does not. */
export type EwsBlock = 'EWS is disabled for this user or tenant' | 'EWS is blocked by policy for this user or tenant';

const disabled = 'EWS is disabled for this user or tenant';
const byPolicy = 'EWS is blocked by policy for this user or tenant';

/**
 * Whether the tenant lets an application use EWS ("Control access to EWS in Exchange", "Understand HTTP 403 responses"). `$null` counts
 * as on, and a list with nobody in it restricts nobody, until Microsoft begins to block: from then on `$null` is off, and only who is
 * listed may ("EWS is off unless EwsEnabled is True and the application is in EwsAllowedAppIDs"). What Exchange answers once EWS is
 * gone is not established: here as where it is off.
 */
export function tenantBlock(tenant: PracticeTenant, appId: string, world: Pick<World, 'now' | 'knobs'>): EwsBlock | null {
  const { ewsEnabled, ewsAllowedAppIds } = exchangeOf(tenant);
  const now = exchangeNow(world).getTime();
  const blocking = now >= blockedFrom;
  const [enabled, allowed] = [counting(ewsEnabled, now), counting(ewsAllowedAppIds, now)];
  if (now >= goneFrom || enabled === false || (enabled === null && blocking)) return disabled;
  if (enabled === null || (allowed.length === 0 && !blocking)) return null;
  return allowed.includes(appId.toLowerCase()) ? null : byPolicy;
}

/** `Set-CASMailbox -EwsEnabled:$false`: the same words for one mailbox. */
export const mailboxBlock = (tenant: PracticeTenant, address: string): EwsBlock | null =>
  exchangeOf(tenant).mailboxes[address.toLowerCase()]?.ewsEnabled === false ? disabled : null;

/** `Set-CASMailbox -ImapEnabled`. */
export const takesImap = (tenant: PracticeTenant, address: string): boolean =>
  exchangeOf(tenant).mailboxes[address.toLowerCase()]?.imapEnabled !== false;
