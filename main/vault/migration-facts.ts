import { z } from 'zod';

/** What the move needs of a document of the version before, whatever else stands in it. */
const certificate = z.looseObject({ thumbprint: z.string() });
const document = z.looseObject({
  custody: z.enum(['keyring', 'external']),
  profile: z.looseObject({ id: z.string(), version: z.number() }),
  certificate: certificate.nullable(),
  earlierCertificates: z.array(certificate),
  handover: z.strictObject({ confirmedAt: z.string(), by: z.string(), thumbprint: z.string() }).nullable(),
  usedHereOnly: z.boolean(),
});

/**
 * The document of a credential with the facts of each certificate beside it. Of a current certificate the custody told who
 * holds its key. Who held the keys of earlier ones was never stored, so they become of unknown holder: they are protected until
 * a handover of their successor is confirmed. A word that was given keeps its certificate and gets the profile of today.
 *
 * @returns null for a document that cannot be read
 */
export function factsByCertificate(json: string): string | null {
  const read = document.safeParse(parsed(json));
  if (!read.success) return null;
  const { handover, usedHereOnly, ...rest } = read.data;
  const { custody, profile } = rest;
  const given = (thumbprint: string) =>
    handover?.thumbprint === thumbprint
      ? { confirmedAt: handover.confirmedAt, by: handover.by, profile: { id: profile.id, version: profile.version } }
      : null;
  const ours = custody === 'keyring';
  const current = (each: z.infer<typeof certificate>) => ({
    ...each,
    inTenant: null,
    holder: custody,
    otherHolders: ours && handover?.thumbprint !== each.thumbprint ? 'unknown' : 'possible',
    usedHereOnly: ours && usedHereOnly,
    handover: given(each.thumbprint),
  });
  const earlier = (each: z.infer<typeof certificate>) => ({
    ...each,
    inTenant: null,
    holder: 'unknown',
    otherHolders: 'unknown',
    usedHereOnly: false,
    handover: given(each.thumbprint),
  });
  return JSON.stringify({
    ...rest,
    customer: '',
    notes: '',
    certificate: rest.certificate === null ? null : current(rest.certificate),
    earlierCertificates: rest.earlierCertificates.map(earlier),
    presented: null,
  });
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
