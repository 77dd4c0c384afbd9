import { createPrivateKey } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { readListedCertificate } from '../../certificates/index.ts';
import { Fault } from '../../faults.ts';
import { protocols, type ArchiveInstance, type HeldCredential } from './instance.ts';

const credential = z.object({
  id: z.int(),
  name: z.string(),
  clientId: z.string(),
  tenantId: z.string(),
  /** DER in base64. */
  certificate: z.base64(),
  /** PEM of PKCS #8: made by the practice MailStore, good for simulated tenants alone. */
  privateKey: z.string(),
});

const instance = z.object({
  id: z.string(),
  status: z.enum(['running', 'stopped']),
  archiveAdminEnabled: z.boolean(),
  credentials: z.array(credential),
  directoryServices: z
    .object({
      type: z.literal('office365OpenIDConnect'),
      credentialId: z.int(),
      licensedExchangeOnlineUsersOnly: z.boolean(),
      enabledUsersOnly: z.boolean(),
      groups: z.array(z.string()).nullable(),
      redirectUrl: z.string(),
      deleteUsers: z.boolean(),
    })
    .nullable(),
  profiles: z.array(
    z.object({
      id: z.int(),
      name: z.string(),
      credentialId: z.int(),
      mailbox: z.string(),
      protocol: z.enum(protocols).nullable(),
    }),
  ),
  runs: z.array(
    z.object({
      id: z.int(),
      profileId: z.int().nullable(),
      profileName: z.string().nullable(),
      result: z.string(),
      itemsArchived: z.int(),
      startedAt: z.number(),
      completedAt: z.number(),
      report: z.string(),
    }),
  ),
  users: z.array(z.object({ userName: z.string(), fullName: z.string() })),
});

const server = z.object({
  kind: z.enum(['server', 'spe']),
  port: z.int(),
  password: z.string(),
  tls: z.object({ key: z.string(), cert: z.string() }),
  instances: z.array(instance),
});

const schema = z.object({ version: z.literal(1), servers: z.array(server) });

/** A practice MailStore as it is kept from one start to the next: where it listens, and everything in it. */
export type SavedServer = z.infer<typeof server>;

const savedCredential = ({ certificate, privateKey, ...held }: HeldCredential): z.infer<typeof credential> => ({
  ...held,
  certificate: Buffer.from(certificate.der).toString('base64'),
  privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
});

export const savedInstance = ({
  credentials,
  directoryServices,
  profiles,
  runs,
  users,
  ...plain
}: ArchiveInstance): z.infer<typeof instance> => ({
  ...plain,
  credentials: credentials.map(savedCredential),
  directoryServices,
  profiles: [...profiles],
  runs: [...runs],
  users: [...users],
});

export const restoredInstance = ({ credentials, ...plain }: z.infer<typeof instance>): ArchiveInstance => ({
  ...plain,
  credentials: credentials.map(({ certificate, privateKey, ...held }) => ({
    ...held,
    certificate: readListedCertificate(held.name, Buffer.from(certificate, 'base64')),
    privateKey: createPrivateKey(privateKey),
  })),
});

/** None where nothing was saved, or what was cannot be read: a simulation begins anew. */
export function loadServers(path: string): readonly SavedServer[] {
  try {
    return schema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data?.servers ?? [];
  } catch {
    return [];
  }
}

/** As a whole: a reader sees the old file or the new one. @throws Fault practice.state-unwritable */
export function saveServers(path: string, servers: readonly SavedServer[]): void {
  const temporary = `${path}.${process.pid}.new`;
  try {
    writeFileSync(temporary, JSON.stringify({ version: 1, servers }), { mode: 0o600 });
    renameSync(temporary, path);
  } catch (error) {
    throw new Fault('practice.state-unwritable', { params: { path, detail: String(error) }, cause: error });
  }
}
