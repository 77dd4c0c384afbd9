import { z } from 'zod';
import { faultView, id, reportView } from './views.ts';

/** Proving what is stored once more. */
export const verificationRequests = {
  'credential:verify': { in: z.strictObject({ id }), out: reportView },
  /** These, several at once; `verification:event` tells of each. Answers once all that was begun has ended. One list at a time. */
  'verification:many': { in: z.strictObject({ ids: z.array(id).min(1).max(10_000) }), out: z.null() },
  /** What was begun is awaited, nothing more is begun. */
  'verification:stop': { in: z.null(), out: z.null() },
  /** One with the view of an administrator, who signs in; goes on as a set-up does, without a plan. */
  'verification:begin': { in: z.strictObject({ id }), out: z.strictObject({ run: id }) },
} as const;

export const verificationEvents = {
  'verification:event': z.strictObject({
    id,
    event: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('begun') }),
      z.strictObject({ kind: z.literal('ended'), report: reportView }),
      z.strictObject({ kind: z.literal('failed'), fault: faultView }),
      /** Purged meanwhile, or it cannot be read any more. */
      z.strictObject({ kind: z.literal('gone') }),
    ]),
  }),
} as const;
