import { z } from 'zod';
import { describedProfile, profileId, source } from './profile-schema.ts';
import { steps } from './step.ts';

/** What is done in a server that is not described, or says nothing of it. */
export const defaultMove = ['server.move.update', 'server.move.choose', 'server.move.run'] as const;

const textKey = z.string().regex(/^[a-z][A-Za-z0-9.-]*$/, 'not the key of a text');

const redirectRule = z.strictObject({
  path: z.string().regex(/^(\/([A-Za-z0-9._~-]+|\{instance\}))+$/, 'a path begins with / and has no placeholder but {instance}'),
  port: z.int().min(1).max(65_535),
});

/** What is said of the certificate while the key is here or in the server, while it is waited for, and of the other answer. */
const certificateTexts = z.strictObject({ keyring: textKey, external: textKey, waiting: textKey, instead: textKey }).default({
  keyring: 'setup.sheet.certificate.keyring',
  external: 'setup.sheet.certificate.external',
  waiting: 'setup.sheet.certificate.waiting',
  instead: 'setup.sheet.certificate.keyring-other',
});

/** What the two answers to who makes the certificate are called, and what follows from each, in one sentence. */
const custodyTexts = z
  .strictObject({
    server: textKey.default('custody.answer.server'),
    external: textKey.default('custody.answer.external'),
    keyring: textKey.default('custody.answer.keyring'),
  })
  .prefault({});

const stepId = z.string().regex(/^[a-z][a-z-]{0,39}$/, 'the id of a step is small letters and hyphens');

const sheetStep = z.union([
  z.strictObject({ id: stepId, part: z.literal('certificate'), texts: certificateTexts }),
  z.strictObject({
    id: stepId,
    text: textKey,
    place: textKey.nullable().default(null),
    warning: textKey.nullable().default(null),
    check: z
      .string()
      .regex(/^[a-z][a-z0-9-]*$/)
      .nullable()
      .default(null),
    values: z.array(z.enum(['name', 'client-id', 'tenant-id', 'instance', 'thumbprint', 'redirect-uri'])).default([]),
    link: z.httpUrl().nullable().default(null),
    userSignIn: z.boolean().default(false),
    profiles: z.array(profileId).default([]),
  }),
]);

/** The form of `assets/servers/<id>/server.json`. A profile that another descriptor has is named by its id. */
export const serverSchema = z.strictObject({
  /** Place in every list; the first is the default. */
  order: z.int().min(1),
  source,
  application: z.string().min(1).max(256),
  redirectUri: redirectRule.nullable(),
  certificate: z.enum(['server', 'either']),
  custody: custodyTexts,
  signInPlace: textKey.nullable().default(null),
  renewal: z.array(textKey).min(1).default(['server.renewal.create', 'server.renewal.download']),
  move: z
    .array(textKey)
    .min(1)
    .default([...defaultMove]),
  freePermissions: z.boolean().default(false),
  management: z.enum(['server', 'spe']).nullable().default(null),
  guide: z.array(z.strictObject({ number: z.string().regex(/^[A-Z]\d{1,2}[a-z]?$/), step: z.enum(steps), text: textKey })).default([]),
  sheet: z
    .array(sheetStep)
    .min(1)
    .refine((sheet) => new Set(sheet.map(({ id }) => id)).size === sheet.length, 'two steps of the sheet have one id'),
  profiles: z.array(z.union([profileId, describedProfile])),
});
export type ServerFile = z.infer<typeof serverSchema>;
