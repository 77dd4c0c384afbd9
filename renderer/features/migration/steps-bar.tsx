import type { MigrationView } from '../../../preload/contract.ts';
import type { TextKey } from '../../bridge/catalogue.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { StepsBar } from '../../run/index.ts';

const steps = ['sign-in', 'grant', 'handover', 'finish'] as const;
export type Step = (typeof steps)[number];

const names: Readonly<Record<Step, TextKey>> = {
  'sign-in': 'setup.step.sign-in',
  grant: 'move.step.grant',
  handover: 'move.step.handover',
  finish: 'move.step.finish',
};

/** The part of the way that is next. */
export const stepOf = ({ next }: MigrationView): Step | 'done' =>
  next === 'nothing' ? 'done' : next === 'begin' || next === 'grant' ? 'sign-in' : next;

/** Sign in › Permissions › Server › Remove EWS. */
export function MigrationSteps({ current }: { readonly current: Step | 'done' }) {
  const { t } = useTexts();
  return <StepsBar steps={steps.map((step) => ({ step, name: t(names[step]) }))} current={current} />;
}
