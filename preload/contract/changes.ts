import { z } from 'zod';
import { id } from './views.ts';

/* Dated changes at Microsoft that touch credentials of the list. */

const change = z.strictObject({
  id: z.string().max(60),
  /** In the window's language. */
  text: z.string(),
  /** Where it was announced. */
  source: z.string(),
  /** Days that are left; 0 when it has come. */
  days: z.int(),
  /** The page of the window that it leads to. */
  page: z.enum(['ews']).nullable(),
});

export const changeRequests = {
  /** Those ahead for the whole list, without what was dismissed; or all that touch one credential, what has come too. */
  'changes:read': { in: z.strictObject({ credential: id.nullable() }), out: z.array(change) },
  /** Nobody is told of it over the list any more, and `watch` is silent about it. */
  'changes:dismiss': { in: z.strictObject({ id: z.string().max(60) }), out: z.null() },
} as const;
