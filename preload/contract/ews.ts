import { z } from 'zod';
import { faultView, id, time } from './views.ts';

/* What of the tenants of the list still hangs on EWS. */

const tenantId = z.string().min(1).max(200);

/** An application with a permission for EWS. */
const holder = z.strictObject({
  clientId: z.string(),
  name: z.string(),
  permissions: z.array(z.string()),
  /** As Microsoft has verified it; null where it has none. */
  publisher: z.string().nullable(),
  owner: z.enum(['this-tenant', 'microsoft', 'another-tenant']),
  /** Who looks after it. */
  owners: z.array(z.string()),
  /** By Microsoft's report; null where it names none or cannot be read. */
  lastSignIn: time.nullable(),
  /** A credential of the list is this application. */
  ours: z.boolean(),
  /** Over EWS in the usage report; null without one. */
  calls: z.int().nullable(),
});

const tenant = z.strictObject({
  tenantId,
  tenantName: z.string(),
  /** `sign-in`: no credential of it may read its applications. */
  state: z.enum(['unknown', 'looking', 'read', 'sign-in', 'failed']),
  /** When it was read or failed; null before. */
  at: time.nullable(),
  /** Whose token was taken. */
  readBy: z.strictObject({ kind: z.enum(['credential', 'administrator']), name: z.string() }).nullable(),
  holders: z.array(holder),
  /** The switch and the list, as an administrator has read them at `readAt`; `allowed` is null where nobody is listed. */
  switch: z.strictObject({ enabled: z.boolean().nullable(), allowed: z.array(z.string()).nullable(), readAt: time }).nullable(),
  /** What an administrator has found that a move from EWS would cost, at `readAt`. */
  losses: z.strictObject({ archives: z.int(), publicFolders: z.int(), withoutImap: z.int(), readAt: time }).nullable(),
  fault: faultView.nullable(),
});

export const ewsRequests = {
  /** The tenants of the list, as they were looked at since the program was started. */
  'ews:read': {
    in: z.null(),
    out: z.strictObject({
      daysLeft: z.int(),
      /** The usage report that was added last. */
      usage: z.strictObject({ name: z.string(), applications: z.int() }).nullable(),
      /** While it goes through the tenants. */
      looking: z.strictObject({ done: z.int(), total: z.int() }).nullable(),
      tenants: z.array(tenant),
    }),
  },
  /** Looks at all tenants with the credentials' own tokens, several at once; `ews:changed` tells of each. Answers at the end. */
  'ews:look': { in: z.null(), out: z.null() },
  /** What was asked is awaited, nothing more is asked. */
  'ews:stop': { in: z.null(), out: z.null() },
  /**
   * Somebody signs in to this tenant, and it is looked at. Goes on as a set-up does, and is `over` without a report. `account`: who has
   * signed in to another one, if that is who does so here, too.
   */
  'ews:sign-in': { in: z.strictObject({ tenantId, account: z.string().max(320).nullable() }), out: z.strictObject({ run: id }) },
  /** Opens a file dialog for the usage report of the Microsoft 365 admin center. Null when nothing was chosen. */
  'ews:add-usage': { in: z.null(), out: z.strictObject({ name: z.string(), applications: z.int() }).nullable() },
  /** Opens a save dialog for the script that allows this application, for a tenant that was read. Null when nothing was chosen. */
  'ews:save-script': {
    in: z.strictObject({ tenantId, clientId: z.string().max(200) }),
    out: z.strictObject({ path: z.string() }).nullable(),
  },
  /** Opens a save dialog for the script that looks for what a move from EWS would cost. Null when nothing was chosen. */
  'ews:save-losses-script': { in: z.strictObject({ tenantId }), out: z.strictObject({ path: z.string() }).nullable() },
  /** Opens a file dialog for the result of one of these scripts, and keeps it. Null when nothing was chosen. */
  'ews:read-result': {
    in: z.null(),
    out: z.strictObject({ about: z.enum(['switch', 'losses']), tenantName: z.string(), readAt: time }).nullable(),
  },
} as const;

export const ewsEvents = {
  /** `ews:read` answers something else by now. */
  'ews:changed': z.null(),
} as const;
