import { randomUUID } from 'node:crypto';
import { startPracticeArchiveServer, type ArchiveServerDescription } from '../../../main/practice/mailstore/index.ts';
import { programInput, say } from '../child-process.ts';

export interface MailStoreSetup {
  readonly instances: number;
}

export interface MailStoreStarted extends ArchiveServerDescription {
  /** Calls until now; asked for by any message. */
  readonly calls: number;
}

/** A practice MailStore of a service provider in a process of its own: one Microsoft 365 credential and a run in each instance. */
const { instances } = programInput() as MailStoreSetup;
const names = Array.from({ length: instances }, (_, index) => `customer${index + 1}`);
const archive = await startPracticeArchiveServer({ kind: 'spe', tenants: 'http://127.0.0.1:9', instances: names });
const first = archive.console(names[0]);
await first.createCredential({ name: 'Microsoft 365', clientId: randomUUID(), tenantId: randomUUID() });
const [made] = archive.instance(names[0]).credentials;
if (made === undefined) throw new Error('no credential');
// One key for all of them: making two hundred is not what is measured.
for (const name of names.slice(1))
  archive.instance(name).credentials.push({ ...made, clientId: randomUUID(), tenantId: randomUUID(), name: `Microsoft 365 ${name}` });
await say({ ...archive.describe(), calls: archive.calls.length } satisfies MailStoreStarted);
process.on('message', () => void say({ ...archive.describe(), calls: archive.calls.length } satisfies MailStoreStarted));
process.on('disconnect', () => void archive.close());
