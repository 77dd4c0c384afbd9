import { z } from 'zod';

/* In practice alone: archiving servers that stand beside the simulated tenants. Their passwords are made up, and open nothing else. */
export const practiceServers = {
  /** How they are reached; none outside practice. */
  'practice:servers': {
    in: z.null(),
    out: z.array(
      z.strictObject({ kind: z.enum(['server', 'spe']), address: z.string(), user: z.string(), password: z.string().max(1024) }),
    ),
  },
  /** Opens the page that stands in for the client of these servers, in the system browser. */
  'practice:open-servers': { in: z.null(), out: z.null() },
} as const;
