import type { ReportView } from '../../../preload/contract.ts';

export type PlanLine = ReportView['plan'][number];

export const groups = ['registration', 'certificate', 'sign-in', 'permissions', 'other'] as const;
export type Group = (typeof groups)[number];

const groupOf: Readonly<Record<string, Group>> = {
  registration: 'registration',
  certificate: 'certificate',
  'key-credential': 'certificate',
  'user-sign-in': 'sign-in',
  permissions: 'permissions',
  consent: 'permissions',
};

export interface PlanGroup {
  readonly group: Group;
  readonly lines: readonly PlanLine[];
}

/** The plan by what its changes belong to, in the order of the work; within a chapter as it will be applied. Empty groups are left out. */
export function groupPlan(plan: readonly PlanLine[]): PlanGroup[] {
  return groups
    .map((group) => ({ group, lines: plan.filter((line) => (groupOf[line.step] ?? 'other') === group) }))
    .filter(({ lines }) => lines.length > 0);
}
