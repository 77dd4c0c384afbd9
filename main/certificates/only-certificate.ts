import { Refusal } from './door.ts';
import { holdingsOf } from './holdings.ts';
import { foundCertificate, type FoundCertificate } from './x509.ts';

/**
 * The one certificate in bytes of unknown origin. Everything else is named: a PFX, a private key, a chain, half a
 * certificate, a page of the web, or nothing of the kind.
 *
 * @throws Refusal certificate.file-empty, certificate.pfx, certificate.private-key-inside, certificate.chain,
 *   certificate.cut-off, certificate.other-kind, certificate.not-a-certificate
 */
export function onlyCertificate(bytes: Uint8Array): FoundCertificate {
  if (bytes.length === 0) throw new Refusal('certificate.file-empty');
  const { certificates, keys, pfx, cutOff, kinds } = holdingsOf(bytes);
  if (pfx !== null) throw new Refusal('certificate.pfx');
  if (keys.length > 0) throw new Refusal('certificate.private-key-inside');
  const different = new Map(certificates.map((each) => [Buffer.from(each).toString('base64'), each]));
  const [der] = different.values();
  if (different.size > 1) throw new Refusal('certificate.chain', { count: different.size });
  if (cutOff) throw new Refusal('certificate.cut-off');
  const found = der === undefined ? null : foundCertificate(der);
  if (found !== null) return found;
  const [named] = kinds;
  if (named !== undefined && named !== 'other') throw new Refusal('certificate.other-kind', { kind: named });
  throw new Refusal('certificate.not-a-certificate');
}
