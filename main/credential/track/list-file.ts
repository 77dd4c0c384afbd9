import { basename } from 'node:path';
import { z } from 'zod';
import { readListedCertificate } from '../../certificates/index.ts';
import { cloudIds } from '../../clouds/index.ts';
import { Fault } from '../../faults.ts';
import { jsonText } from '../../visible-text.ts';
import before from '../../../assets/migrations/server-of-older-credentials.json' with { type: 'json' };
import { storedProfile } from '../../servers/index.ts';
import { annotationsOf, eachAnnotation } from '../fields.ts';
import { credentialView, type CredentialRecord } from '../index.ts';
import type { Candidate, CandidateFile, FileOptions, Typed } from './candidate.ts';

/** Raised whenever an older program would misunderstand what is written. */
const currentVersion = 3;

const envelope = z.object({ format: z.literal('tenant-keyring-list'), version: z.int().min(1) });

const list = envelope.extend({ practice: z.boolean(), credentials: z.array(z.unknown()).max(10_000) });

const text = z.string().max(4096);

/** One credential of a list: what identifies it, and its certificate's public part. No key, no proof, no handover. */
const entry = z.strictObject({
  name: text,
  // Lists of version 1 have none.
  ...eachAnnotation(() => z.string().max(65_536).default('')),
  cloud: z.enum(cloudIds),
  tenantId: text,
  tenantName: text,
  tenantDomain: text,
  clientId: text.nullable(),
  redirectUri: text.nullable(),
  // Lists of versions 1 and 2 have none.
  server: z.strictObject({ id: text.min(1), instance: text.min(1).nullable() }).default({ id: before.server, instance: null }),
  profile: storedProfile,
  /** DER in base64. */
  certificate: z.base64().min(1).max(65_536).nullable(),
});

type Entry = z.infer<typeof entry>;

function entryOf(record: CredentialRecord): Entry {
  const shown = credentialView(record);
  const { name, cloud, tenantId, tenantName, tenantDomain, clientId, redirectUri } = shown;
  const { id, version, permissions } = record.profile;
  return {
    name,
    ...annotationsOf(shown),
    cloud,
    tenantId,
    tenantName,
    tenantDomain,
    clientId,
    redirectUri,
    server: record.server,
    profile: { id, version, permissions: [...permissions] },
    certificate: record.certificate?.der ?? null,
  };
}

const written = (practice: boolean, credentials: readonly unknown[]): string =>
  `${jsonText({ format: 'tenant-keyring-list', version: currentVersion, practice, credentials }, 2)}\n`;

/** The list for another computer or another person: everything that is not secret and holds there too. */
export function listText(records: readonly CredentialRecord[], practice: boolean): string {
  return written(practice, records.map(entryOf));
}

const whatIsWrong = (error: z.ZodError): string => error.issues.map(({ path, message }) => [...path, message].join(': '))[0] ?? '';

function typedOf(value: unknown, place: string): Typed | Fault {
  const checked = entry.safeParse(value);
  if (!checked.success) return new Fault('track.entry-invalid', { params: { reason: whatIsWrong(checked.error) }, cause: checked.error });
  const { tenantId, clientId, certificate, ...same } = checked.data;
  try {
    return {
      ...same,
      tenant: tenantId,
      clientId: clientId ?? '',
      certificate: certificate === null ? null : readListedCertificate(place, Buffer.from(certificate, 'base64')),
    };
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}

function parsed(path: string, content: string): unknown {
  try {
    return JSON.parse(content);
  } catch (error) {
    throw new Fault('track.list-invalid', {
      params: { path, reason: error instanceof Error ? error.message : String(error) },
      cause: error,
    });
  }
}

/**
 * Reads a list that this program wrote, here or elsewhere.
 *
 * @throws Fault track.list-invalid, track.list-newer, track.list-of-other-world, track.nothing-inside
 */
export function readListFile(path: string, content: string, { practice }: FileOptions): CandidateFile {
  const data = parsed(path, content);
  const begun = envelope.safeParse(data);
  if (!begun.success) throw new Fault('track.list-invalid', { params: { path, reason: whatIsWrong(begun.error) }, cause: begun.error });
  if (begun.data.version > currentVersion)
    throw new Fault('track.list-newer', { params: { path, version: begun.data.version, known: currentVersion } });
  const checked = list.safeParse(data);
  if (!checked.success)
    throw new Fault('track.list-invalid', { params: { path, reason: whatIsWrong(checked.error) }, cause: checked.error });
  const { credentials } = checked.data;
  if (checked.data.practice !== practice)
    throw new Fault('track.list-of-other-world', { params: { path, practice: practice ? 'yes' : 'no' } });
  if (credentials.length === 0) throw new Fault('track.nothing-inside', { params: { path } });
  const candidates: Candidate[] = credentials.map((each, index) => ({
    place: index + 1,
    typed: typedOf(each, `${basename(path)} (${index + 1})`),
  }));
  return {
    path,
    extension: 'json',
    candidates,
    rejectedRows: (problems) =>
      written(
        practice,
        problems.map(({ place }) => credentials[place - 1]),
      ),
  };
}
