import type { TextKey } from '../../bridge/catalogue.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { StepsBar } from '../../run/index.ts';

const steps = ['sign-in', 'publish', 'handover', 'remove'] as const;
type Step = (typeof steps)[number];

const names: Readonly<Record<Step, TextKey>> = {
  'sign-in': 'setup.step.sign-in',
  publish: 'rotation.step.publish',
  handover: 'rotation.step.handover',
  remove: 'rotation.step.remove',
};

/** Sign in › Publish › Hand over › Remove the old one. */
export function RotationSteps({ current }: { readonly current: Step | 'done' }) {
  const { t } = useTexts();
  return <StepsBar steps={steps.map((step) => ({ step, name: t(names[step]) }))} current={current} />;
}
