import { z } from 'zod';
import { cloudIds } from '../clouds/index.ts';
import { checkNames, rotationStates, type CredentialRecord } from './record.ts';

const text = z.string().min(1);
const time = z.iso.datetime();
const thumbprint = z.string().regex(/^[0-9A-F]{40}$/);

const state = z.enum([
  'proven',
  'set-up',
  'confirmed',
  'waiting-certificate',
  'waiting-consent',
  'waiting-replication',
  'needs-attention',
  'never-checked',
]);

const certificate = z.strictObject({
  thumbprint,
  thumbprintSha256: z.string().regex(/^[0-9A-F]{64}$/),
  subject: z.string(),
  keySize: z.int().positive(),
  notBefore: time,
  notAfter: time,
  der: z.base64().min(1),
  keyId: z.guid().nullable(),
  chain: z.array(z.base64().min(1)).min(1).exactOptional(),
});

const permission = z.strictObject({ resourceAppId: z.guid(), value: text, type: z.enum(['Role', 'Scope']), step: text, why: text });

const side = z.strictObject({ thumbprint: z.string(), notBefore: time, notAfter: time });

const check = z.strictObject({
  check: z.enum(checkNames),
  result: z.enum(['passed', 'failed', 'pending', 'not-testable']),
  evidence: text,
  compared: z.strictObject({ here: side, there: side.nullable() }).exactOptional(),
});

const rotation = z.strictObject({
  from: thumbprint,
  to: thumbprint,
  overlapDays: z.int().min(0),
  timeline: z.array(z.strictObject({ state: z.enum(rotationStates), at: time })).min(1),
  pfx: text.nullable(),
});

/** A credential as it is read back from the store; strict, because a property we do not know would be lost on the next write. */
export const credentialSchema = z.strictObject({
  id: z.guid(),
  name: text,
  cloud: z.enum(cloudIds),
  tenantId: z.guid(),
  tenantName: z.string(),
  tenantDomain: z.string(),
  appName: text,
  uniqueName: text.nullable(),
  adopted: z.boolean(),
  clientId: z.guid().nullable(),
  objectId: z.guid().nullable(),
  servicePrincipalId: z.guid().nullable(),
  redirectUri: text.nullable(),
  profile: z.strictObject({ id: text, version: z.int().positive(), permissions: z.array(permission) }),
  custody: z.enum(['keyring', 'external']),
  certificate: certificate.nullable(),
  earlierCertificates: z.array(certificate),
  state,
  proof: z.strictObject({ ok: z.boolean(), state, checks: z.array(check), at: time }).nullable(),
  handover: z.strictObject({ confirmedAt: time, by: text, thumbprint }).nullable(),
  usedHereOnly: z.boolean(),
  rotation: rotation.nullable(),
  createdAt: time,
  updatedAt: time,
  deletedAt: time.nullable(),
}) satisfies z.ZodType<CredentialRecord>;
