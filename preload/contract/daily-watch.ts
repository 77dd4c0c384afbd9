import { z } from 'zod';

/** Requests about the scheduled task that runs the expiry watch every day; there is one for each Windows user. */
export const dailyWatch = {
  /**
   * Whether a task can be had here: not where there is no Task Scheduler, for the portable program, or in practice. `account`
   * is the Windows user; null where it is not known.
   */
  'daily-watch:read': {
    in: z.null(),
    out: z.strictObject({
      place: z.enum(['ready', 'elsewhere', 'portable', 'practice', 'account']),
      account: z.string().nullable(),
      registered: z.boolean(),
    }),
  },
  /**
   * Registers it in the place of an earlier one, and has it read a test entry of the keychain. `at` as typed, `HH:MM`; the
   * password is the Windows password of the account, needed only to run where nobody is signed in, and kept by Windows alone.
   */
  'daily-watch:install': {
    in: z.strictObject({
      at: z.string().max(20),
      logon: z.enum(['interactive', 'password']),
      password: z.string().max(1024),
      rotate: z.boolean(),
      /** With a rotation: the folder that gets a PFX of each new certificate, and the file with its password, as typed; both empty for none. */
      pfxFolder: z.string().max(1024).exactOptional(),
      pfxPasswordFile: z.string().max(1024).exactOptional(),
      eventLog: z.boolean(),
    }),
    out: z.strictObject({ name: z.string(), account: z.string() }),
  },
  /** Ends the wait for the test, and takes the task away again. */
  'daily-watch:cancel': { in: z.null(), out: z.null() },
  'daily-watch:remove': { in: z.null(), out: z.strictObject({ name: z.string() }) },
} as const;
