import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCandidates, track, type FileOptions, type TenantOf, type Validated } from '../../../main/credential/track/index.ts';
import { createCredentialStore } from '../../../main/credential/index.ts';
import { Fault } from '../../../main/faults.ts';
import { silentLog } from '../../../main/log/index.ts';
import { profileById } from '../../../main/servers/index.ts';
import { createTexts } from '../../../main/texts/index.ts';
import { scratch, testClock, testDatabase } from '../vault/samples.ts';

export const tenant = '0c77a1b2-3c4d-4e5f-8a9b-0c1d2e3f91aa';
export const app = (last: number) => `5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3f${String(last).padStart(4, '0')}`;
export const options: FileOptions = {
  cloud: 'global',
  profile: profileById('mailstore-guide'),
  server: { id: 'mailstore-server', instance: null },
  practice: false,
};
export const texts = createTexts('en');
/** Microsoft Entra ID, with no tenant in it. */
const nobody: TenantOf = (domain) =>
  Promise.resolve({ ok: false, fault: new Fault('track.tenant-unknown', { params: { value: domain } }) });

/** An empty list, and files that are added to it. */
export function desk() {
  const clock = testClock();
  const store = createCredentialStore(testDatabase(), clock);
  const folder = scratch();
  const file = (name: string, content: string | Uint8Array) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const read = (content: string | Uint8Array, name = 'tenants.csv') => readCandidates(file(name, content), 'auto', options);
  const add = async (content: string | Uint8Array, name?: string) =>
    track({ store, clock, log: silentLog }, (await read(content, name)).candidates, nobody);
  return { clock, store, folder, file, read, add };
}

/** Line by line: added, or why not. */
export const codes = (validated: readonly Validated[]) =>
  validated.map(({ place, objections: [first] }) => [place, first?.fault.code ?? 'added']);
export const faultOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof Fault ? error.code : String(error)),
  );
