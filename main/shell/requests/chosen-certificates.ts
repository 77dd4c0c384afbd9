import { randomUUID } from 'node:crypto';
import type { Certificate } from '../../certificates/index.ts';
import { Fault } from '../../faults.ts';

/** Certificates the person chose in a file dialog. The window only holds their names. */
export interface ChosenCertificates {
  keep(certificate: Certificate): string;
  /** @throws Fault('window.run-unknown') */
  take(name: string): Certificate;
}

export function createChosenCertificates(): ChosenCertificates {
  const chosen = new Map<string, Certificate>();
  return {
    keep: (certificate) => {
      const name = randomUUID();
      chosen.set(name, certificate);
      return name;
    },
    take: (name) => {
      const certificate = chosen.get(name);
      if (certificate === undefined) throw new Fault('window.run-unknown');
      return certificate;
    },
  };
}
