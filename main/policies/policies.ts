import { z } from 'zod';
import { cloudIds } from '../clouds/index.ts';
import { loadProfiles } from '../servers/index.ts';
import { languages } from '../texts/index.ts';

/** A registry value of type REG_DWORD has no true and false. */
const flag = z.union([z.boolean(), z.literal([0, 1])]).transform(Boolean);

/** A single entry may be written without its list. */
const listOf = <T extends z.ZodType>(entry: T) =>
  z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(entry).min(1));

const tenant = z.union([z.guid(), z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i)]).transform((name) => name.toLowerCase());

/** What an administrator of Windows can prescribe for everybody on a computer. The names are those of the registry values. */
export const policySchemas = {
  /** The only clouds that are reached. */
  AllowedClouds: listOf(z.enum(cloudIds)),
  /** Ids or verified domains of the only tenants that are reached, in lower case. */
  AllowedTenants: listOf(tenant),
  /** Application (client) id of the public client that administrators sign in with. */
  SignInClientId: z.guid(),
  DisableUpdates: flag,
  /** Bits of an RSA key that is made or imported. */
  MinimumKeySize: z.literal([2048, 3072, 4096]),
  /** Months that a certificate which is made here may be valid. */
  MaximumLifetimeMonths: z.int().min(1).max(36),
  /** No file with a private key is written. */
  ForbidPrivateKeyExport: flag,
  /** After a confirmed handover the private key is forgotten. */
  ForbidKeepingKeys: flag,
  /** Who makes the certificate of new credentials and keeps its key, where nobody chooses otherwise. */
  DefaultCustody: z.enum(['keyring', 'external']),
  /** No server is asked through its management interface. */
  ForbidServers: flag,
  /** Names or addresses of the servers that may be asked, in lower case. */
  AllowedServers: listOf(
    z
      .string()
      .regex(/^[a-z0-9.:-]+$/i)
      .transform((host) => host.toLowerCase()),
  ),
  /** Passwords for servers are asked each time. */
  ForbidKeepingServerPasswords: flag,
  /** Id of the permission profile that new credentials begin with. */
  DefaultProfile: z.string().refine((id) => loadProfiles().some((profile) => profile.id === id)),
  /** Language of the window. */
  Language: z.enum(languages),
} as const satisfies Record<string, z.ZodType>;

export type PolicyName = keyof typeof policySchemas;
export type Policies = { readonly [Name in PolicyName]?: z.output<(typeof policySchemas)[Name]> };

export const policyNames = Object.keys(policySchemas).filter((name): name is PolicyName => Object.hasOwn(policySchemas, name));
