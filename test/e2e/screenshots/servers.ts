import { serverPlaces } from '../places/servers.ts';
import type { Shown } from '../places/shown.ts';
import { shot } from './shot.ts';

/** Pictures of servers that are asked, by the place that each of them shows. */
const pictures = {
  servers: 'servers in Settings',
  'server-certificate': 'server, its certificate',
  'server-sheet': 'sheet that ticks itself',
  'server-other-certificate': 'another certificate in the server',
} as const;

/** The servers that are asked: in Settings, added, beside the sheet, and in the details of a credential. */
export async function photographServers(open: () => Promise<Shown>, folder: string): Promise<void> {
  for (const [name, place] of Object.entries(pictures)) {
    const shown = await open();
    await serverPlaces[place]?.(shown);
    await shot(shown.page, folder, name);
    await shown.page.context().close();
  }
}
