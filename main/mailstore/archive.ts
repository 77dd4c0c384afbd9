import { z } from 'zod';

/** Results of the functions, with the names in small letters: fields that are used are required, others let be. */

const guid = z.guid().transform((id) => id.toLowerCase());

export const serverInfoShape = z.looseObject({ version: z.string() });

export const instancesShape = z.array(
  z
    .looseObject({ instanceid: z.string(), status: z.string(), version: z.string().nullish().catch(null) })
    .transform(({ instanceid, status, version }) => ({
      id: instanceid,
      status,
      /** Of its own, where this version tells one; recorded answers (25.3) do not. */
      version: version ?? null,
    })),
);

/** An instance of a Service Provider Edition; only running ones answer. */
export type ServerInstance = z.output<typeof instancesShape>[number];

/** The word for a credential of Microsoft 365, and for a profile that archives from there. */
const microsoft365 = { credential: 'office365_modern', connector: 'office365' } as const;

const settingsShape = z.looseObject({
  applicationid: guid,
  tenantid: guid,
  certificatethumbprint: z
    .string()
    .regex(/^[0-9A-Fa-f]{40}$/)
    .transform((thumbprint) => thumbprint.toUpperCase()),
  certificateexpirationdate: z.iso.datetime({ offset: true }).transform((date) => new Date(date).toISOString().replace('.000Z', 'Z')),
});

/** A credential that the server holds. */
export interface HeldCredential {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly clientId: string;
  readonly tenantId: string;
  /** SHA-1, upper-case hex. */
  readonly thumbprint: string;
  /** ISO 8601 UTC, to the second. */
  readonly notAfter: string;
}

/** Those of Microsoft 365; what another kind of credential holds is not known, and not asked. */
export const credentialsShape = z
  .array(z.looseObject({ id: z.number(), type: z.string(), description: z.string(), settings: z.unknown() }))
  .transform((all, context) =>
    all
      .filter(({ type }) => type.toLowerCase() === microsoft365.credential)
      .flatMap(({ id, type, description, settings }, index): HeldCredential[] => {
        const read = settingsShape.safeParse(settings);
        if (!read.success) {
          const issue = read.error.issues[0];
          context.issues.push({
            code: 'custom',
            message: issue?.message ?? 'settings',
            path: [index, 'settings', ...(issue?.path ?? [])],
            input: settings,
          });
          return [];
        }
        const { applicationid, tenantid, certificatethumbprint, certificateexpirationdate } = read.data;
        return [
          {
            id,
            name: description,
            type,
            clientId: applicationid,
            tenantId: tenantid,
            thumbprint: certificatethumbprint,
            notAfter: certificateexpirationdate,
          },
        ];
      }),
  );

/** Directory services; without a credential where they are not those of Microsoft 365. */
export interface DirectoryServices {
  readonly type: string;
  readonly credentialId: number | null;
  readonly redirectUri: string | null;
  readonly deletesUsers: boolean;
}

/** Only this type has a credential; its fields are required. */
const ofMicrosoft365 = z
  .looseObject({
    type: z.string().regex(/^office365openidconnect$/i),
    credentialid: z.number(),
    redirecturl: z.string().nullable(),
    deleteusers: z.boolean(),
  })
  .transform(({ type, credentialid, redirecturl, deleteusers }): DirectoryServices => ({
    type,
    credentialId: credentialid,
    redirectUri: redirecturl === '' ? null : redirecturl,
    deletesUsers: deleteusers,
  }));

const ofOthers = z
  .looseObject({ type: z.string().regex(/^(?!office365openidconnect$)/i), deleteusers: z.boolean().optional() })
  .transform(({ type, deleteusers }): DirectoryServices => ({
    type,
    credentialId: null,
    redirectUri: null,
    // What is not told may be.
    deletesUsers: deleteusers ?? true,
  }));

export const directoryServicesShape = z.union([ofMicrosoft365, ofOthers]);

export interface ArchivingProfile {
  readonly id: number;
  readonly name: string;
  /** Archives from Microsoft 365. */
  readonly microsoft365: boolean;
  /** It says that it archives by Exchange Web Services; false also where it does not say how. */
  readonly ews: boolean;
}

/** A word of its own, at any depth of what a profile is made of: which field says so is not known. */
function saysEws(value: unknown): boolean {
  if (typeof value === 'string') return /^(?:ews|exchange ?web ?services)$/i.test(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, part]) => (name === 'useews' && part === true) || saysEws(part));
}

export const profilesShape = z.array(
  z
    .looseObject({ id: z.number(), name: z.string(), connector: z.string(), details: z.unknown() })
    .transform(({ id, name, connector, details }): ArchivingProfile => ({
      id,
      name,
      microsoft365: connector.toLowerCase() === microsoft365.connector,
      ews: saysEws(connector) || saysEws(details),
    })),
);

/** A finished run. The times are those of the server's own zone, which it does not tell: `YYYY-MM-DDTHH:MM:SS`. */
export interface FinishedRun {
  readonly id: number;
  readonly profileId: number | null;
  readonly profileName: string | null;
  /** `succeeded`, `completedWithErrors`, `failed`, `cancelled`, or a word of another version. */
  readonly result: string;
  readonly itemsArchived: number;
  readonly startedAt: string;
  readonly completedAt: string;
}

const localTime = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/);

export const runsShape = z.array(
  z
    .looseObject({
      id: z.number(),
      profileid: z.number().nullish(),
      profilename: z.string().nullish(),
      result: z.string(),
      itemsarchived: z.number(),
      starttime: localTime,
      completetime: localTime,
    })
    .transform((row): FinishedRun => ({
      id: row.id,
      profileId: row.profileid ?? null,
      profileName: row.profilename ?? null,
      result: row.result,
      itemsArchived: row.itemsarchived,
      startedAt: row.starttime.slice(0, 19),
      completedAt: row.completetime.slice(0, 19),
    })),
);
