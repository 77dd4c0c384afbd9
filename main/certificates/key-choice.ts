import { Refusal } from './door.ts';
import { createPrivateKey, sign, verify, type KeyObject } from 'node:crypto';
import { isOfKey } from './chain.ts';
import { latestOf } from './choice.ts';
import type { PfxContents, PfxItem } from './pfx-contents.ts';
import { subjectOf, thumbprintsOf } from './read.ts';
import { foundCertificate, type FoundCertificate } from './x509.ts';

/** One private key of a file, with the certificate that is meant by it. */
export interface KeyEntry {
  readonly privateKey: KeyObject;
  readonly leaf: FoundCertificate;
  /** Name that the file gives it; null where it gives none. */
  readonly alias: string | null;
}

/** What a choice is made from: what people see of a key, without the key. */
export interface KeyName {
  readonly alias: string | null;
  readonly subject: string;
  readonly thumbprint: string;
}

type Certified = FoundCertificate & Omit<PfxItem, 'der'>;

function privateKeyOf({ der }: PfxItem): KeyObject | null {
  try {
    return createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
  } catch {
    return null;
  }
}

/** Private and public part belong together, not only by their public numbers. */
export function proves(privateKey: KeyObject, { x509 }: FoundCertificate): boolean {
  const challenge = Buffer.from('tenant-keyring');
  try {
    return verify('sha256', challenge, x509.publicKey, sign('sha256', challenge, privateKey));
  } catch {
    return false;
  }
}

/** @throws Refusal import.pfx-certificate-unreadable */
function certified(contents: PfxContents): Certified[] {
  return contents.certificates.map(({ der, localKeyId, name }) => {
    const found = foundCertificate(der);
    if (found === null) throw new Refusal('import.pfx-certificate-unreadable');
    return { ...found, localKeyId, name };
  });
}

const plain = (text: string): string => text.replaceAll(/[\s:\-\p{Cf}]/gu, '').toUpperCase();

const nameOf = ({ leaf, alias }: KeyEntry): KeyName => ({ alias, subject: subjectOf(leaf), thumbprint: thumbprintsOf(leaf).thumbprint });

/** In one line, for a sentence. */
const spelled = (entries: readonly KeyEntry[]): string =>
  entries
    .map(nameOf)
    .map(({ alias, subject, thumbprint }) => `${alias ?? subject} (${thumbprint})`)
    .join('; ');

/**
 * The keys of a PFX, each with its certificate: the one that the file itself names for it (`localKeyID`), else of those of
 * this key the one in its time that ends last. Keys without a certificate are left out.
 *
 * @param wanted alias or thumbprint of the one that is meant; null for all
 * @throws Refusal import.pfx-without-key, import.pfx-without-certificate, import.key-mismatch, import.pfx-key-unknown,
 *   import.pfx-certificate-unreadable
 */
function entriesOf(contents: PfxContents, wanted: string | null, now: Date): KeyEntry[] {
  if (contents.keys.length === 0) throw new Refusal('import.pfx-without-key');
  const all = certified(contents);
  if (all.length === 0) throw new Refusal('import.pfx-without-certificate');
  // Some programs write the same key twice.
  const different = [...new Map(contents.keys.map((key) => [Buffer.from(key.der).toString('base64'), key])).values()];
  const keys = different.map((item) => ({ item, privateKey: privateKeyOf(item) }));
  if (keys.every(({ privateKey }) => privateKey === null)) throw new Refusal('import.pfx-key-unknown');
  const isWanted = (each: Certified, item: PfxItem): boolean => {
    if (wanted === null) return true;
    const names = [each.name, item.name].map((name) => name?.toLowerCase());
    return names.includes(wanted.toLowerCase()) || Object.values(thumbprintsOf(each)).includes(plain(wanted));
  };
  const entries = keys.flatMap(({ item, privateKey }): KeyEntry[] => {
    if (privateKey === null) return [];
    const own = all.filter((each) => isOfKey(each, privateKey) && isWanted(each, item));
    const named = own.filter(({ localKeyId }) => localKeyId !== null && localKeyId === item.localKeyId);
    const leaf = latestOf(named.length > 0 ? named : own, now);
    return leaf === null ? [] : [{ privateKey, leaf, alias: item.name ?? leaf.name }];
  });
  if (entries.length === 0 && wanted === null) throw new Refusal('import.key-mismatch');
  return entries;
}

/**
 * The one key of a PFX that is meant.
 *
 * @param alias name or thumbprint of one of several; null where nobody has said
 * @param onSeveral told what there is to choose from, before the refusal
 * @throws Refusal import.pfx-*, import.key-mismatch, import.alias-unknown; import.pfx-with-keys where several may be meant
 */
export function chosenKey(
  contents: PfxContents,
  alias: string | null,
  now: Date,
  onSeveral: (keys: readonly KeyName[]) => void = () => undefined,
): KeyEntry & { readonly all: readonly FoundCertificate[] } {
  const entries = entriesOf(contents, alias, now);
  const [entry] = entries;
  if (entry === undefined) {
    const keys = spelled(entriesOf(contents, null, now));
    throw new Refusal('import.alias-unknown', { alias: alias ?? '', keys });
  }
  if (entries.length > 1) {
    onSeveral(entries.map(nameOf));
    throw new Refusal('import.pfx-with-keys', { count: entries.length, keys: spelled(entries) });
  }
  return { ...entry, all: certified(contents) };
}
