import type { CredentialRow, ReportView } from '../../../preload/contract.ts';
import type { Server, SheetStep } from '../../bridge/servers.ts';
import type { TextKey } from '../../bridge/catalogue.ts';

export type TextStep = Extract<SheetStep, { text: string }>;
export type CertificateStep = Extract<SheetStep, { part: 'certificate' }>;
type ValueName = TextStep['values'][number];

const labels = {
  name: 'field.name',
  'client-id': 'field.client-id',
  'tenant-id': 'field.tenant-id',
  instance: 'field.instance',
  thumbprint: 'dialog.details.thumbprint',
  'redirect-uri': 'field.redirect-uri',
} as const satisfies Record<ValueName, TextKey>;

function valueOf(name: ValueName, { name: own, clientId, tenantId, instance, certificate, redirectUri }: CredentialRow): string | null {
  const values = { name: own, 'client-id': clientId ?? '–', 'tenant-id': tenantId, instance, 'redirect-uri': redirectUri };
  return name === 'thumbprint' ? (certificate?.thumbprint ?? null) : values[name];
}

/** What is typed into the server in a step, under the server's own label. */
export const valuesOf = ({ values }: TextStep, row: CredentialRow) =>
  values.flatMap((name) => {
    const value = valueOf(name, row);
    return value === null ? [] : [{ name, label: labels[name], value }];
  });

/** The commands of a step, as the proof has them: its evidence from the second line on. */
export function scriptOf({ check }: TextStep, proof: ReportView['proof']): string | null {
  const evidence = proof?.checks.find((each) => each.check === check)?.evidence ?? '';
  const end = evidence.indexOf('\n');
  return end < 0 ? null : evidence.slice(end + 1);
}

/** The steps that this credential needs, in the order of its server: without sign-in of users, and without what neither its profile nor its proof asks for. */
export const stepsFor = ({ sheet }: Server, { credential, proof }: Pick<ReportView, 'credential' | 'proof'>): readonly SheetStep[] =>
  sheet.filter((step) => {
    if ('part' in step) return true;
    if (step.userSignIn && credential.redirectUri === null) return false;
    if (step.profiles.length > 0 && !step.profiles.includes(credential.profile)) return false;
    return step.check === null || proof?.checks.some(({ check, result }) => check === step.check && result !== 'passed') === true;
  });

/** What is left to do in the server once it has its certificate: without what was typed there before. */
export function stepsAfterCertificate({ sheet }: Server): string[] {
  const at = sheet.findIndex((step) => 'part' in step);
  return sheet
    .slice(at + 1)
    .flatMap((step) => ('part' in step || step.values.length > 0 || step.check !== null || step.profiles.length > 0 ? [] : [step.text]));
}
