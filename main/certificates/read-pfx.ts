import { chainAbove, type CertificateWithKey } from './chain.ts';
import { named, Refusal, type Named } from './door.ts';
import { fileContents } from './file-contents.ts';
import { holdingsOf } from './holdings.ts';
import { inPfxWorker, type Patience } from './in-pfx-worker.ts';
import { chosenKey, proves, type KeyName } from './key-choice.ts';
import type { PfxAnswer, PfxContents } from './pfx-contents.ts';
import { usableCertificate } from './usable.ts';

/** Bytes. A PFX with its chain has some ten thousand. */
const largest = 4 * 1024 * 1024;

export interface PfxReading extends Patience {
  /** Name (`friendlyName`) or thumbprint of the one that is meant, where there are several keys. */
  readonly alias?: string | null;
  /** Told which keys there are, where nobody has said which one is meant: then the reading is refused with import.pfx-with-keys. */
  readonly onSeveral?: (keys: readonly KeyName[]) => void;
}

function isPfxAnswer(message: unknown): message is PfxAnswer {
  return typeof message === 'object' && message !== null && ('refused' in message || 'contents' in message);
}

/** The PKCS#12 structure in a file, also where it is base64 text. @throws Fault certificate.file-empty, import.other-kind, import.pfx-invalid */
export function pfxIn(bytes: Uint8Array): Uint8Array {
  if (bytes.length === 0) throw new Refusal('certificate.file-empty');
  const { pfx, certificates, keys, kinds } = holdingsOf(bytes);
  if (pfx !== null) return pfx;
  const [kind = 'other'] = [...(keys.length > 0 ? ['key'] : []), ...(certificates.length > 0 ? ['certificate'] : []), ...kinds];
  throw kind === 'other' ? new Refusal('import.pfx-invalid') : new Refusal('import.other-kind', { kind });
}

/** @throws Fault import.password-wrong, import.pfx-iterations, import.pfx-invalid */
function contentsOf(answer: PfxAnswer): PfxContents {
  if ('contents' in answer) return answer.contents;
  const cause = new Error(answer.reason);
  if (answer.refused === 'iterations') throw new Refusal('import.pfx-iterations', { iterations: answer.iterations }, cause);
  throw new Refusal(answer.refused === 'password' ? 'import.password-wrong' : 'import.pfx-invalid', {}, cause);
}

/**
 * Validates what a PFX holds: its key, the certificate of that key, and the chain that came with it.
 *
 * @throws Fault as `readPfxFile`, without certificate.file-*
 */
export function validatedPfx(
  file: Named,
  answer: PfxAnswer,
  alias: string | null,
  now: Date,
  onSeveral?: PfxReading['onSeveral'],
): CertificateWithKey {
  return named(file, 'import.pfx-invalid', () => {
    const { privateKey, leaf, all } = chosenKey(contentsOf(answer), alias, now, onSeveral);
    const certificate = usableCertificate(leaf, file, now);
    if (!proves(privateKey, leaf)) throw new Refusal('import.key-mismatch');
    return { certificate, chain: chainAbove(leaf, all), privateKey };
  });
}

/**
 * Reads a PFX that was made elsewhere: its key, the certificate of that key, and the chain that came with it.
 *
 * @throws Fault certificate.file-*, import.other-kind, import.pfx-*, import.password-wrong, import.key-mismatch,
 *   import.alias-unknown, interrupted, certificate.not-rsa, certificate.key-too-small, certificate.dates-invalid,
 *   certificate.expired, certificate.not-yet-valid
 */
export async function readPfxFile(
  path: string,
  password: string,
  now: Date,
  { alias = null, onSeveral, ...patience }: PfxReading = {},
): Promise<CertificateWithKey> {
  const file = { path, door: 'pfx' } as const;
  const bytes = await fileContents(file, largest);
  const pfx = named(file, 'import.pfx-invalid', () => pfxIn(bytes));
  const answer = await inPfxWorker({ open: { bytes: pfx, password } }, patience).catch((error: unknown) =>
    named(file, 'import.pfx-invalid', () => {
      throw error;
    }),
  );
  if (!isPfxAnswer(answer)) throw new Refusal('bug', { detail: 'the worker sent no contents of a PFX' });
  return validatedPfx(file, answer, alias, now, onSeveral);
}
