import type { ReportView } from '../../../preload/contract.ts';

export type PlanLine = ReportView['plan'][number];

export const groups = ['registration', 'certificate', 'sign-in', 'permissions', 'other'] as const;
export type Group = (typeof groups)[number];

/** Chapters of the guide, by its steps. */
const groupOf: Readonly<Record<string, Group>> = {
  G2: 'registration',
  G6: 'certificate',
  G10: 'certificate',
  G11: 'certificate',
  G12: 'sign-in',
  G13: 'sign-in',
  G14: 'sign-in',
  G2b: 'permissions',
  G17: 'permissions',
  G18: 'permissions',
  G19: 'permissions',
};

export interface PlanGroup {
  readonly group: Group;
  readonly lines: readonly PlanLine[];
}

/** The plan by chapters of the guide, in its order; within a chapter as it will be applied. Empty chapters are left out. */
export function groupPlan(plan: readonly PlanLine[]): PlanGroup[] {
  return groups
    .map((group) => ({ group, lines: plan.filter((line) => (groupOf[line.step] ?? 'other') === group) }))
    .filter(({ lines }) => lines.length > 0);
}
