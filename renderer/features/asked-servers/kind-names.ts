import type { Output } from '../../../preload/contract.ts';
import type { TextKey } from '../../bridge/catalogue.ts';

type Kind = Output<'server:list'>['servers'][number]['kind'];

export const kindNames = { server: 'asked.kind.server', spe: 'asked.kind.spe' } as const satisfies Record<Kind, TextKey>;
