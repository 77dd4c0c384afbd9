import { z } from 'zod';
import { cloudIds } from '../clouds/index.ts';
import type { StatementCode } from '../texts/index.ts';
import { eachAnnotation } from './fields.ts';

/** What is read back is only read. */
type Stored<T> = T extends readonly (infer E)[] ? readonly Stored<E>[] : T extends object ? { readonly [K in keyof T]: Stored<T[K]> } : T;

const text = z.string().min(1);
const time = z.iso.datetime();
/** SHA-1 of the DER, upper-case hex: what Windows, server software and the portal show. */
const thumbprint = z.string().regex(/^[0-9A-F]{40}$/);

/** Who holds the private key of new certificates (docs/decisions/custodies.md). */
const custody = z.enum(['keyring', 'external']);
export type Custody = z.infer<typeof custody>;

const state = z.enum([
  'proven', // every check passed
  'set-up', // nothing failed, some checks are not testable here: confirm in the server
  'confirmed', // the administrator's word; never shown like proven
  'waiting-certificate',
  'waiting-consent',
  'waiting-replication',
  'needs-attention', // a check failed
  'never-checked',
]);
export type CredentialState = z.infer<typeof state>;

const permission = z.strictObject({ resourceAppId: z.guid(), value: text, type: z.enum(['Role', 'Scope']), why: text });
const profileVersion = z.strictObject({ id: text, version: z.int().positive() });

/** Who says that the server uses a certificate; always of one certificate, and of the permissions that it was tried with. */
const handover = z.strictObject({
  confirmedAt: time,
  /** The administrator; where nobody confirmed it, the name of the server that showed it. */
  by: text,
  /** The permission profile of the credential when it was confirmed. */
  profile: profileVersion,
  /** Nobody's word but the server's own. */
  word: z.literal('server').exactOptional(),
  /** The server that can be asked, and the run that archived with this certificate; null until it was seen. */
  server: z
    .strictObject({
      name: text,
      instance: z.string().nullable(),
      /** `completedAt` in the server's own time, without a zone. */
      archived: z.strictObject({ run: z.int(), items: z.int().positive(), completedAt: text, seenAt: time }).nullable(),
    })
    .exactOptional(),
});
export type Handover = Stored<z.infer<typeof handover>> & { readonly thumbprint: string };

/** One certificate of a credential with everything that is known of it alone. */
const certificate = z.strictObject({
  thumbprint,
  thumbprintSha256: z.string().regex(/^[0-9A-F]{64}$/),
  subject: z.string(),
  keySize: z.int().positive(),
  notBefore: time,
  notAfter: time,
  /** Base64. */
  der: z.base64().min(1),
  /** Of one that a certification authority signed: its issuer's certificate, that one's issuer's, and so on; base64 of the DER. */
  chain: z.array(z.base64().min(1)).min(1).exactOptional(),
  /** keyId of its key credential: the one it is to get, and from when it was seen the one that the tenant has. */
  keyId: z.guid().nullable(),
  /** Begin and end of its key credential as the tenant has them, and when they were read there; null while never seen. */
  inTenant: z.strictObject({ notBefore: time, notAfter: time, seenAt: time }).nullable(),
  /** Who holds its private key now; `unknown` for what an older version stored without saying. */
  holder: z.enum(['keyring', 'external', 'unknown']),
  /**
   * Whether anybody but this program ever held its private key: `none` only where it was made here and never given out;
   * `possible` where it was made elsewhere, exported or handed over; `unknown` for what an older version stored.
   */
  otherHolders: z.enum(['none', 'possible', 'unknown']),
  /** The administrator's word that no other software uses this key, so that it needs no handover of its successor before it goes. */
  usedHereOnly: z.boolean(),
  handover: handover.nullable(),
});
export type StoredCertificate = Stored<z.infer<typeof certificate>>;

/** How far the replacement of a certificate has come, in this order; `rolled-back` ends it instead. */
export const rotationStates = [
  'created', // key and certificate are stored here
  'published', // the key credential stands beside the old one
  'proven', // a token was issued for the new key
  'handed-over', // the administrator's word: the server uses it
  'removing', // its key credential is gone from the tenant, and Microsoft still accepts the old key
  'old-removed', // the key credential of the old certificate is gone from the tenant
  'rolled-back', // the old certificate is the current one again
] as const;
export type RotationState = (typeof rotationStates)[number];

/** The latest replacement of a certificate. */
const rotation = z.strictObject({
  /** Of the certificate that is replaced. */
  from: thumbprint,
  /** Of the one that takes its place. */
  to: thumbprint,
  /** Days that the old key credential stays in the tenant after the handover. */
  overlapDays: z.int().min(0),
  /** What was reached and when, in the order in which it happened. */
  timeline: z.array(z.strictObject({ state: z.enum(rotationStates), at: time })).min(1),
  /** The file that the PFX of the new certificate is written to, from just before it is written; null without one. */
  pfx: text.nullable(),
});
export type Rotation = Stored<z.infer<typeof rotation>>;
export type RotationStep = Rotation['timeline'][number];

/** How far the move from one permission profile to another has come, in this order; `rolled-back` ends it instead. */
export const migrationStates = [
  'begun', // what it moves from is kept here
  'granted', // the permissions of the new profile stand beside the old ones
  'proven', // an inbox was counted with the new permissions
  'handed-over', // the administrator's word: the server uses the new profile
  'ews-removed', // the permission for EWS is gone from the tenant
  'rolled-back', // the profile before is the current one again
] as const;
export type MigrationState = (typeof migrationStates)[number];

/** The latest move of a credential from EWS to another profile. */
const migration = z.strictObject({
  from: profileVersion.extend({ permissions: z.array(permission) }),
  to: profileVersion,
  timeline: z.array(z.strictObject({ state: z.enum(migrationStates), at: time })).min(1),
  /** What only EWS has and the administrator gave up for it. */
  losses: z.array(text).exactOptional(),
});
export type Migration = Stored<z.infer<typeof migration>>;
export type MigrationStep = Migration['timeline'][number];

const side = z.strictObject({ thumbprint: z.string(), notBefore: time, notAfter: time });
/** One side of the comparison of certificates: upper-case hex, ISO 8601 UTC. */
export type CertificateSide = Stored<z.infer<typeof side>>;

const checkResult = z.enum(['passed', 'failed', 'pending', 'not-testable']);
export type CheckResult = z.infer<typeof checkResult>;

/** A code that has no text in this version is no damage: it is shown as it is. */
const statement = z.strictObject({
  code: z.custom<StatementCode>((code) => typeof code === 'string' && /^[a-z][a-z0-9.-]*$/.test(code)),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});

const check = z.strictObject({
  /** Name in the registry of checks; one of another version may be in no registry here. */
  check: text,
  result: checkResult,
  /** Evidence or reason as data, in words only when it is shown; a row of an earlier version holds the sentence itself. */
  evidence: z.union([text, statement]),
  /** Commands that somebody with other rights runs elsewhere, because nobody can test it here. */
  script: text.exactOptional(),
  /** Our certificate beside the entry that was read from the tenant; null there when it is not in it. */
  compared: z.strictObject({ here: side, there: side.nullable() }).exactOptional(),
  /** When it passed last with this certificate; of one that is not testable now, before that. */
  passedAt: time.exactOptional(),
});
export type Check = Stored<z.infer<typeof check>>;

const proof = z.strictObject({ ok: z.boolean(), state, checks: z.array(check), at: time });
export type Proof = Stored<z.infer<typeof proof>>;

/**
 * One row of the credential manager, type Microsoft 365, as it is stored; strict, because a property we do not know would be
 * lost on the next write. Holds no secret. Dates are ISO 8601 UTC.
 */
export const credentialSchema = z.strictObject({
  id: z.guid(),
  name: text,
  ...eachAnnotation(() => z.string()),
  cloud: z.enum(cloudIds),
  tenantId: z.guid(),
  tenantName: z.string(),
  tenantDomain: z.string(),
  appName: text,
  /** Immutable alternate key of the application we create; null for an adopted one. */
  uniqueName: text.nullable(),
  adopted: z.boolean(),
  clientId: z.guid().nullable(),
  objectId: z.guid().nullable(),
  servicePrincipalId: z.guid().nullable(),
  /** Null where users do not sign in with Microsoft. */
  redirectUri: text.nullable(),
  /** The kind of server software that it is for, and which of its instances. */
  server: z.strictObject({ id: text, instance: text.nullable() }),
  profile: profileVersion.extend({ permissions: z.array(permission) }),
  custody,
  /** The certificate to publish and prove; null while waiting for one (custody external). */
  certificate: certificate.nullable(),
  /** Certificates that were current before and may still be published, the latest last. */
  earlierCertificates: z.array(certificate),
  /** The certificate that was last exported or shown to somebody, which is the one that a handover without a thumbprint is about. */
  presented: z.strictObject({ thumbprint, at: time, how: z.enum(['exported', 'shown']) }).nullable(),
  state,
  proof: proof.nullable(),
  rotation: rotation.nullable(),
  /** Left out where it was never moved. */
  migration: migration.exactOptional(),
  /** Steps in the server that are done, by their ids in its description: by somebody's word, or because the server itself shows it. */
  sheet: z.record(z.string(), z.strictObject({ by: z.enum(['person', 'evidence']), at: time })),
  createdAt: time,
  updatedAt: time,
  /** Set while the credential is in the 30-day bin. */
  deletedAt: time.nullable(),
});

/** A credential as one reading found it. */
export type CredentialRecord = Stored<z.infer<typeof credentialSchema>> & {
  /** Counts the changes of the row, for compare-and-set; 0 before it is stored. */
  readonly version: number;
};
