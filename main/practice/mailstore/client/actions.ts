import type { PracticeAnswer } from '../../world.ts';
import { protocols } from '../instance.ts';
import { TenantRefusal } from '../tenant-client.ts';
import { credentialNamed, type Desk } from './desk.ts';
import { goTo, notFound } from './page.ts';

export type Form = Readonly<Record<string, string>>;

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const entryOf = (form: Form) => ({
  name: (form['name'] ?? '').trim(),
  clientId: (form['clientId'] ?? '').trim(),
  tenantId: (form['tenantId'] ?? '').trim(),
});

/** What the dialog says about what was typed; null = nothing. Its words are our own choice. */
function entryFault({ name, clientId, tenantId }: ReturnType<typeof entryOf>): string | null {
  if (name === '') return 'Enter a name.';
  if (!guid.test(clientId)) return 'The Application (client) ID is not a valid ID.';
  return guid.test(tenantId) ? null : 'The Directory (tenant) ID is not a valid ID.';
}

/** A name that every file system takes, marked as everything that leaves practice is. */
const fileName = (name: string): string => `[Practice] ${name.replace(/[^\p{L}\p{N} ._-]/gu, '_') || 'MailStore'}.cer`;

const download = (der: Uint8Array, name: string): PracticeAnswer => ({
  status: 200,
  headers: {
    'content-type': 'application/pkix-cert',
    'cache-control': 'no-store',
    'content-disposition': `attachment; filename="MailStore.cer"; filename*=UTF-8''${encodeURIComponent(fileName(name))}`,
  },
  body: Buffer.from(der),
});

const say = (desk: Desk, text: string, good = false): void => void (desk.notice = { good, text });

/** The dialog stays as it was typed when something is wrong with it, or its certificate is downloaded or made anew. */
export type DialogAnswer = PracticeAnswer | { readonly entry: ReturnType<typeof entryOf> };

/** The buttons of the dialog of a new credential. */
export async function newCredential(desk: Desk, form: Form): Promise<DialogAnswer> {
  const { console, path } = desk;
  const entry = entryOf(form);
  desk.made ??= await console.makeCertificate();
  if (form['act'] === 'download') return download(desk.made.certificate.der, entry.name);
  if (form['act'] === 'make') {
    desk.made = await console.makeCertificate();
    return { entry };
  }
  const fault = entryFault(entry);
  if (fault !== null) {
    say(desk, fault);
    return { entry };
  }
  desk.created = await console.createCredential(entry, desk.made);
  desk.made = null;
  return goTo(`${path}/credentials`);
}

/** The buttons of the dialog of one that is there, and Delete in the list. */
export async function heldCredential(desk: Desk, id: number, form: Form): Promise<DialogAnswer> {
  const { console, path, instance } = desk;
  const entry = entryOf(form);
  if (form['act'] === 'download') return download(console.downloadCertificate(id), credentialNamed(desk, id)?.name ?? '');
  if (form['act'] === 'make') {
    await console.createCertificate(id);
    return { entry };
  }
  if (form['act'] === 'delete') {
    // What a real server does with credentials that are in use is not known: our own choice.
    const used = instance.directoryServices?.credentialId === id || instance.profiles.some(({ credentialId }) => credentialId === id);
    if (used) say(desk, 'These credentials are in use by directory services or an archiving profile.');
    else console.deleteCredential(id);
    if (desk.created === id) desk.created = null;
    return goTo(`${path}/credentials`);
  }
  const fault = entryFault(entry);
  if (fault !== null) {
    say(desk, fault);
    return { entry };
  }
  console.editCredential(id, entry);
  return goTo(`${path}/credentials`);
}

/** Save, Test Settings and Synchronize Now, the last two with what was saved by them. */
export async function setDirectoryServices(desk: Desk, form: Form): Promise<PracticeAnswer> {
  const { console, instance, path } = desk;
  const back = goTo(`${path}/directory-services`);
  const held = credentialNamed(desk, form['credential'] ?? '');
  if (form['type'] !== 'microsoft-365') {
    instance.directoryServices = null;
    desk.created = null;
    say(desk, form['act'] === 'save' ? 'The settings were saved.' : 'There is no directory service to ask.', form['act'] === 'save');
    return back;
  }
  if (held === null) {
    say(desk, 'Choose credentials.');
    return back;
  }
  console.selectInDirectoryServices(held.id, {
    redirectUrl: (form['redirectUri'] ?? '').trim(),
    deleteUsers: form['deleteUsers'] === 'yes',
  });
  desk.created = null;
  try {
    if (form['act'] === 'test') {
      const users = await console.testSettings();
      say(
        desk,
        `The settings were tested: ${users.length} users found. Nothing was changed.\n${users.map(({ userName }) => userName).join('\n')}`,
        true,
      );
    } else if (form['act'] === 'synchronize') {
      await console.synchronize();
      say(desk, `The users were synchronized: ${instance.users.length} users in MailStore.`, true);
    } else say(desk, 'The settings were saved.', true);
  } catch (error) {
    if (!(error instanceof TenantRefusal)) throw error;
    say(desk, error.message);
  }
  return back;
}

export function createProfile(desk: Desk, form: Form): PracticeAnswer {
  const held = credentialNamed(desk, form['credential'] ?? '');
  const [name, mailbox] = [(form['name'] ?? '').trim(), (form['mailbox'] ?? '').trim()];
  if (held === null || name === '' || mailbox === '') say(desk, 'Enter a name, credentials and a mailbox.');
  else {
    const protocol = protocols.find((each) => each === form['protocol']);
    desk.console.createProfile({ name, mailbox, credentialId: held.id, ...(protocol === undefined ? {} : { protocol }) });
  }
  return goTo(`${desk.path}/profiles`);
}

/** Run, to its end. */
export async function runProfile(desk: Desk, id: number): Promise<PracticeAnswer> {
  const profile = desk.instance.profiles.find((each) => each.id === id);
  if (profile === undefined) return notFound;
  if (credentialNamed(desk, profile.credentialId) === null) say(desk, 'The credentials of this profile were deleted.');
  else {
    const { result, itemsArchived, report } = await desk.console.runProfile(id);
    say(desk, result === 'succeeded' ? `${profile.name}: ${itemsArchived} messages archived.` : report, result === 'succeeded');
  }
  return goTo(`${desk.path}/profiles`);
}
