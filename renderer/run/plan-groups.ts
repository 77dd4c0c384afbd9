import type { Line, Preview } from './lines.ts';

export type PlanLine = Preview['plan'][number];

export const groups = ['registration', 'certificate', 'sign-in', 'permissions', 'other', 'removes'] as const;
export type Group = (typeof groups)[number];

const groupOf: Readonly<Record<string, Group>> = {
  registration: 'registration',
  certificate: 'certificate',
  'key-credential': 'certificate',
  'user-sign-in': 'sign-in',
  permissions: 'permissions',
  consent: 'permissions',
};

/** How far a part of the plan has come while it is applied. */
export type Reached = 'open' | 'doing' | 'done' | 'refused';

/** One thing of the plan: what several changes do to one and the same, e.g. a permission that is added and granted, is one. */
export interface PlanItem {
  /** In a few words, or as a sentence where it has no name. */
  readonly text: string;
  readonly note: string;
  readonly removes: boolean;
  readonly lines: readonly PlanLine[];
}

export interface PlanGroup {
  readonly group: Group;
  readonly items: readonly PlanItem[];
}

const textOf = ({ name, reason }: PlanLine): string => (name === '' ? reason : name);

function itemsOf(lines: readonly PlanLine[]): PlanItem[] {
  const items = new Map<string, PlanItem>();
  for (const line of lines) {
    const key = `${textOf(line)}\n${line.note}`;
    const before = items.get(key);
    items.set(key, { text: textOf(line), note: line.note, removes: line.removes, lines: [...(before?.lines ?? []), line] });
  }
  return [...items.values()];
}

/**
 * The plan by what its changes belong to, in the order of the work; within a chapter as it will be applied. What is taken away
 * stands apart. Empty groups are left out.
 */
export function groupPlan(plan: readonly PlanLine[]): PlanGroup[] {
  const groupFor = ({ step, removes }: PlanLine): Group => (removes ? 'removes' : (groupOf[step] ?? 'other'));
  return groups
    .map((group) => ({ group, items: itemsOf(plan.filter((line) => groupFor(line) === group)) }))
    .filter(({ items }) => items.length > 0);
}

/** What has been done of each line of a plan, by the lines of progress: the first of the same words that was not counted yet. */
export function reachedLines(plan: readonly PlanLine[], lines: readonly Line[]): ReadonlyMap<PlanLine, Line> {
  const left = lines.filter(({ outcome }) => outcome === 'done' || outcome === 'refused');
  const reached = new Map<PlanLine, Line>();
  for (const planned of plan) {
    const at = left.findIndex((line) =>
      planned.name === '' ? line.text.startsWith(planned.reason) : line.name === planned.name && line.step === planned.step,
    );
    const [line] = at < 0 ? [] : left.splice(at, 1);
    if (line !== undefined) reached.set(planned, line);
  }
  return reached;
}

/** How far one thing of the plan has come; `next`: the first line that is not done. */
export function reachedOf({ lines }: PlanItem, done: ReadonlyMap<PlanLine, Line>, next: PlanLine | undefined): Reached {
  const outcomes = lines.map((line) => done.get(line)?.outcome);
  if (outcomes.includes('refused')) return 'refused';
  if (outcomes.every((outcome) => outcome === 'done')) return 'done';
  return next !== undefined && lines.includes(next) ? 'doing' : 'open';
}
