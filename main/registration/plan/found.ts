import type { Step } from '../../servers/index.ts';
import type { Change, Finding, FindingKind, PlannedChange } from '../change.ts';

/** A finding, and what accepting it adds to the plan. */
export interface Found {
  readonly finding: Finding;
  /** The change and guide step that accepting the finding adds. */
  readonly remedy?: PlannedChange;
}

export const remedy = (change: Change, step: Step): PlannedChange => ({ change, step, removes: true });

export function found(kind: FindingKind, params: Finding['params'], options: { key?: string; remedy?: PlannedChange } = {}): Found {
  const id = options.key === undefined ? kind : `${kind}:${options.key}`;
  const finding = { finding: kind, id, params, acceptable: options.remedy !== undefined };
  return options.remedy === undefined ? { finding } : { finding, remedy: options.remedy };
}
