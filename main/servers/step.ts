/**
 * The parts of the work in a tenant, in its order: what a change, a line of progress and an entry of the trail belong to. Their words
 * are `step.<name>` in the catalogues; the numbers that a maker's own guide gives them are in its descriptor.
 */
export const steps = [
  'sign-in',
  'registration',
  'certificate', // it is made here
  'key-credential', // it is published in Microsoft Entra ID
  'user-sign-in',
  'permissions',
  'consent',
  'sign-out',
] as const;
export type Step = (typeof steps)[number];

export const isStep = (name: string): name is Step => steps.some((step) => step === name);
