import { dialogPlaces } from './places/dialogs.ts';
import { ewsPlaces } from './places/ews.ts';
import { pagePlaces } from './places/pages.ts';
import { runPlaces } from './places/runs.ts';
import { serverPlaces } from './places/servers.ts';
import type { Place } from './places/shown.ts';

export type { Place } from './places/shown.ts';

/** Pages and dialogs over the list, and how one gets there: every one is looked at by axe, and at 200 %. */
export const places: Readonly<Record<string, Place>> = { ...pagePlaces, ...runPlaces, ...dialogPlaces, ...serverPlaces, ...ewsPlaces };
