import { z } from 'zod';
import { id, time, typed } from './views.ts';

const loss = z.enum(['archive-mailboxes', 'public-folders', 'imap-off']);

/** The way of a credential from EWS to another permission profile. */
export const migrationRequests = {
  /** The profiles that its server software could use instead, the one to propose first in front, and what the tenant may lose by each. */
  'migration:offer': {
    in: z.strictObject({ id }),
    out: z.strictObject({
      targets: z.array(
        z.strictObject({
          id: z.string(),
          name: z.string(),
          description: z.string(),
          /** Which version of the server it needs; empty where nothing is known. */
          needs: z.string(),
          /** Nobody has checked its permissions against the maker's documentation: it is tried in one tenant first. */
          unconfirmed: z.boolean(),
          /** What the administrator ticks before a move to it: `count` is null where nobody has looked lately, `names` are the first of them. */
          losses: z.array(z.strictObject({ loss, count: z.int().nullable(), names: z.array(z.string()), readAt: time.nullable() })),
        }),
      ),
      tenantId: z.string(),
      /** When somebody has looked in the tenant for what is lost; null: nobody has. */
      lookedAt: time.nullable(),
      /** What is done in the server once the permissions are there. */
      steps: z.array(z.string()),
    }),
  },
  /**
   * Begins the move, or goes on with it; goes on as a set-up does. `to`: id of the profile; `mailbox`: the one whose messages are
   * counted with the new permissions, empty for none; `losses`: those that the administrator has ticked.
   */
  'migration:begin': {
    in: z.strictObject({ id, to: typed, pilot: z.boolean(), mailbox: typed, losses: z.array(loss).max(loss.options.length) }),
    out: z.strictObject({ run: id }),
  },
  /** Takes the permission for EWS away; goes on as a set-up does. */
  'migration:finish': { in: z.strictObject({ id }), out: z.strictObject({ run: id }) },
  /** Back to the profile before, with its permission for EWS; goes on as a set-up does. */
  'migration:back': { in: z.strictObject({ id }), out: z.strictObject({ run: id }) },
} as const;
