import type { Draft } from '../../preload/contract.ts';
import type { TextKey } from '../bridge/catalogue.ts';

export type Cloud = Draft['cloud'];

export const cloudNames: Readonly<Record<Cloud, TextKey>> = {
  global: 'setup.cloud.global',
  gcch: 'setup.cloud.gcch',
  dod: 'setup.cloud.dod',
  china: 'setup.cloud.china',
  bleu: 'setup.cloud.bleu',
  delos: 'setup.cloud.delos',
};

export const clouds: readonly Cloud[] = ['global', 'gcch', 'dod', 'china', 'bleu', 'delos'];

export const isCloud = (value: string | undefined): value is Cloud => clouds.some((cloud) => cloud === value);
