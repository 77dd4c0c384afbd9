import { z } from 'zod';
import { notSimulatedText } from '../not-simulated.ts';
import type { PracticeAnswer, PracticeTenant, World } from '../world.ts';
import { runScript } from './run-script.ts';
import { applicationRoles, ewsIsGone, exchangeNow, exchangeOf, settlingMs, type PracticeExchange } from './settings.ts';

const guid = z.guid().toLowerCase();
const address = z.string().min(3).toLowerCase();

/** One act of an Exchange administrator, which has no address at Microsoft: there it is PowerShell. */
const act = z.union([
  /** `Set-OrganizationConfig -EwsEnabled` */
  z.strictObject({ ewsEnabled: z.boolean().nullable() }),
  /** `Set-OrganizationConfig -EwsAllowedAppIDs`: the complete list */
  z.strictObject({ ewsAllowedAppIds: z.array(guid) }),
  /** `Set-CASMailbox`; `archive`: `Enable-Mailbox -Archive`, `Disable-Mailbox -Archive` */
  z.strictObject({
    mailbox: address,
    ewsEnabled: z.boolean().optional(),
    imapEnabled: z.boolean().optional(),
    archive: z.boolean().optional(),
  }),
  /** `New-PublicFolder`, `Remove-PublicFolder`: how many there are */
  z.strictObject({ publicFolders: z.int().nonnegative() }),
  /** `New-ServicePrincipal` */
  z.strictObject({ servicePrincipal: z.strictObject({ appId: guid, objectId: guid }) }),
  /** `Add-MailboxPermission -AccessRights FullAccess` */
  z.strictObject({ fullAccess: z.strictObject({ mailbox: address, objectId: guid }) }),
  /** `New-ManagementRoleAssignment -App`; without mailboxes for every one */
  z.strictObject({
    roleAssignment: z.strictObject({ appId: guid, role: z.enum(applicationRoles), mailboxes: z.array(address).nullable() }),
  }),
  /** `Remove-ServicePrincipal`, `Remove-MailboxPermission`, `Remove-ManagementRoleAssignment`: the undo of the scripts */
  z.strictObject({ removeServicePrincipal: z.strictObject({ objectId: guid }) }),
  z.strictObject({ removeFullAccess: z.strictObject({ mailbox: address, objectId: guid }) }),
  z.strictObject({ removeRoleAssignment: z.strictObject({ appId: guid, role: z.enum(applicationRoles) }) }),
]);
type Act = z.infer<typeof act>;

const asked = z.union([
  z.strictObject({ tenant: z.string().min(1), set: act }),
  /** The text of a script that was generated for an Exchange administrator. */
  z.strictObject({ tenant: z.string().min(1), script: z.string(), whatIf: z.boolean().default(false) }),
]);

type Removal = Extract<Act, { removeServicePrincipal: unknown } | { removeFullAccess: unknown } | { removeRoleAssignment: unknown }>;

function withoutIt(before: PracticeExchange, set: Removal): PracticeExchange {
  if ('removeServicePrincipal' in set) {
    const { objectId } = set.removeServicePrincipal;
    return { ...before, servicePrincipals: before.servicePrincipals.filter((each) => each.objectId !== objectId) };
  }
  if ('removeFullAccess' in set) {
    const { mailbox, objectId } = set.removeFullAccess;
    const others = before.mailboxPermissions.filter((each) => each.mailbox !== mailbox || each.objectId !== objectId);
    return { ...before, mailboxPermissions: others };
  }
  const { appId, role } = set.removeRoleAssignment;
  return { ...before, roleAssignments: before.roleAssignments.filter((each) => each.appId !== appId || each.role !== role) };
}

/** One act; what is cached counts later. */
function carriedOut(before: PracticeExchange, set: Act, now: number): PracticeExchange {
  if ('mailbox' in set) {
    const { mailbox, ...switches } = set;
    return { ...before, mailboxes: { ...before.mailboxes, [mailbox]: { ...before.mailboxes[mailbox], ...switches } as object } };
  }
  if ('publicFolders' in set) return { ...before, publicFolders: set.publicFolders };
  if ('ewsEnabled' in set) {
    const { value, before: earlier, from } = before.ewsEnabled;
    return { ...before, ewsEnabled: { value: set.ewsEnabled, before: now >= from ? value : earlier, from: now + settlingMs.ewsEnabled } };
  }
  if ('ewsAllowedAppIds' in set) {
    const { value, before: earlier, from } = before.ewsAllowedAppIds;
    return {
      ...before,
      ewsAllowedAppIds: { value: set.ewsAllowedAppIds, before: now >= from ? value : earlier, from: now + settlingMs.ewsAllowedAppIds },
    };
  }
  if ('servicePrincipal' in set) return { ...before, servicePrincipals: [...before.servicePrincipals, set.servicePrincipal] };
  if ('fullAccess' in set) return { ...before, mailboxPermissions: [...before.mailboxPermissions, set.fullAccess] };
  if ('roleAssignment' in set) return { ...before, roleAssignments: [...before.roleAssignments, set.roleAssignment] };
  return withoutIt(before, set);
}

const isOf = (tenant: PracticeTenant, name: string): boolean =>
  tenant.id === name.toLowerCase() || tenant.domains.some((domain) => domain === name.toLowerCase());

/**
 * `POST /practice/exchange`: does what an administrator does in Exchange Online PowerShell; answers with all that is set, or with what a
 * script would have written.
 */
export function administerExchange(body: unknown, world: World): PracticeAnswer {
  const read = asked.safeParse(body);
  if (!read.success) return { status: 400, body: { error: 'invalid_request', error_description: z.prettifyError(read.error) } };
  const { tenant: name } = read.data;
  const tenant = world.state.tenants.find((each) => isOf(each, name));
  if (tenant === undefined) return { status: 404, body: { error: 'not_found', error_description: name } };
  if ('script' in read.data) return runScript(read.data.script, read.data.whatIf, tenant, world);
  const { set } = read.data;
  const aboutEws = 'ewsAllowedAppIds' in set || 'ewsEnabled' in set;
  if (aboutEws && ewsIsGone(world))
    return { status: 501, body: { error: 'not_simulated', error_description: notSimulatedText('a switch for EWS once EWS is gone') } };
  tenant.exchange = carriedOut(exchangeOf(tenant), set, exchangeNow(world).getTime());
  world.changed();
  return { status: 200, body: tenant.exchange };
}
