import { randomUUID, type KeyObject } from 'node:crypto';
import type { Certificate } from '../../certificates/index.ts';
import type { Origin } from '../../credential/index.ts';
import { Fault } from '../../faults.ts';

/** A certificate of a dialog that is open: read from a file, or made with its key. Nothing of it is stored yet. */
export interface KeptCertificate {
  readonly certificate: Certificate;
  /** Null where the server holds it. */
  readonly privateKey: KeyObject | null;
  /** Where its key was made, and whether it was given out since. */
  readonly origin: Origin;
  /** DER of the certificates above it, where they came with it. */
  readonly chain?: readonly Uint8Array[];
}

/** Certificates that were chosen or made in the window. The window only holds their names. */
export interface ChosenCertificates {
  keep(kept: KeptCertificate): string;
  find(name: string): KeptCertificate | null;
  /** Its key has left: from now on other software may have it. */
  markExported(name: string): void;
  /** @throws Fault('window.run-unknown') */
  take(name: string): KeptCertificate;
}

/** One dialog is open at a time; keys of dialogs long closed are forgotten. */
const mostKeys = 8;
/** Without a key nothing is secret; a watch of the Downloads folder shows several at once. */
const mostCertificates = 64;

export function createChosenCertificates(): ChosenCertificates {
  const chosen = new Map<string, KeptCertificate>();
  return {
    keep: (kept) => {
      const name = randomUUID();
      chosen.set(name, kept);
      const alike = [...chosen].filter(([, { privateKey }]) => (privateKey === null) === (kept.privateKey === null));
      const [oldest] = alike;
      if (alike.length > (kept.privateKey === null ? mostCertificates : mostKeys) && oldest !== undefined) chosen.delete(oldest[0]);
      return name;
    },
    find: (name) => chosen.get(name) ?? null,
    markExported: (name) => {
      const kept = chosen.get(name);
      if (kept !== undefined) chosen.set(name, { ...kept, origin: 'key-imported' });
    },
    take: (name) => {
      const kept = chosen.get(name);
      if (kept === undefined) throw new Fault('window.run-unknown');
      return kept;
    },
  };
}
