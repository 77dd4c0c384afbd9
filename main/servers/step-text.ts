import type { Texts } from '../texts/index.ts';
import { loadServers } from './shipped.ts';
import { isStep, steps, type Step } from './step.ts';

/** What a number of some maker's guide belongs to; entries of the trail from earlier versions have such numbers. */
function guideStep(number: string): Step | null {
  return (
    loadServers()
      .flatMap(({ guide }) => guide)
      .find((each) => each.number === number)?.step ?? null
  );
}

/** A step in words, as the plan and the trail name it; what no version knows stands for itself. */
export function stepText(name: string, { t }: Texts): string {
  const step = isStep(name) ? name : guideStep(name);
  return step === null ? name : t(`step.${step}`);
}

/** Of the longest step in this language, in characters: so that texts behind it stand in a column. */
export const stepsWidth = ({ t }: Texts): number => Math.max(...steps.map((step) => t(`step.${step}`).length));
