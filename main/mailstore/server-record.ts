import { z } from 'zod';

/** One server that is asked through its management interface, as it is kept. Its password is in the keychain. */
export const serverSchema = z.strictObject({
  id: z.guid(),
  name: z.string().min(1),
  kind: z.enum(['server', 'spe']),
  host: z.string().min(1),
  port: z.int().min(1).max(65_535),
  /** API user. */
  user: z.string().min(1),
  /** SHA-256 of the certificate that somebody confirmed, upper-case hex; null where this computer trusts it. */
  pin: z
    .string()
    .regex(/^[0-9A-F]{64}$/)
    .nullable(),
  /** As the server told it when it was last asked. */
  version: z.string(),
  /** Ids of its instances, as of then; none on a Server. */
  instances: z.array(z.string()),
  /** ISO 8601 UTC, when it last answered. */
  lastContact: z.iso.datetime(),
  /** Its password is asked in each session. */
  asksPassword: z.boolean().default(false),
});

export type ServerRecord = z.infer<typeof serverSchema>;
