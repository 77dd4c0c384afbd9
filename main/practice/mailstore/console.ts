import type { KeyObject } from 'node:crypto';
import { certificateDates, createCertificate, type Certificate } from '../../certificates/index.ts';
import type { Fetch } from '../../http/index.ts';
import { archiveMailbox, type Mailboxes } from './archiving.ts';
import { nextId, type ArchiveInstance, type ArchiveUser, type FinishedRun, type HeldCredential, type Protocol } from './instance.ts';
import { createTenantClient, TenantRefusal, type TenantClient } from './tenant-client.ts';

/** What the dialog *Azure AD App Credentials* asks for (G5). */
export interface CredentialEntry {
  readonly name: string;
  readonly clientId: string;
  readonly tenantId: string;
}

/** A certificate that the dialog has made before anybody pressed OK in it. */
export interface MadeCertificate {
  readonly certificate: Certificate;
  readonly privateKey: KeyObject;
}

/** What directory services are set to (G9, G16). */
export interface DirectoryEntry {
  readonly redirectUrl: string;
  readonly deleteUsers?: boolean;
}

/** Certificates that MailStore makes last this many months (Zen). Key size and hash are not known: our own choice. */
const months = 15;
const keySize = 2048;

/** What the person does in MailStore Client, for one archive. */
export interface Console {
  /** What the dialog holds as soon as it opens, so that it can be downloaded before OK (G6, G7). */
  makeCertificate(): Promise<MadeCertificate>;
  /** Create… and OK: the certificate is made with it (G5, G6), unless the dialog had one already. @returns its number */
  createCredential(entry: CredentialEntry, made?: MadeCertificate): Promise<number>;
  /** Edit, with other ids or another name; the certificate stays. */
  editCredential(id: number, entry: Partial<CredentialEntry>): void;
  deleteCredential(id: number): void;
  /** Create Certificate: takes effect at once, whatever the tenant knows (G6). @param lifetime months, for what expired long ago */
  createCertificate(id: number, lifetime?: { readonly notBefore: Date; readonly notAfter: Date }): Promise<void>;
  /** Download Certificate: the public part, DER (G7). */
  downloadCertificate(id: number): Uint8Array;
  /** Microsoft 365 with this credential as directory services, and the redirect URI (G9, G16). */
  selectInDirectoryServices(id: number, entry: DirectoryEntry): void;
  /** Test Settings: reads the users of the tenant and stores nothing. @throws TenantRefusal */
  testSettings(): Promise<readonly ArchiveUser[]>;
  /** Synchronize now. @throws TenantRefusal */
  synchronize(): Promise<void>;
  /** An archiving profile for one mailbox. @returns its number */
  createProfile(entry: {
    readonly name: string;
    readonly mailbox: string;
    readonly credentialId: number;
    /** Left out: by what the credential permits. */
    readonly protocol?: Protocol;
  }): number;
  /** Runs a profile to its end; a failure is a run with the reason in its report. */
  runProfile(id: number): Promise<FinishedRun>;
}

export interface ConsoleParts {
  readonly instance: ArchiveInstance;
  readonly fetch: Fetch;
  readonly now: () => Date;
  readonly mailboxes: () => Mailboxes;
}

/** @throws Error where the person could not have clicked it */
export function openConsole({ instance, fetch, now, mailboxes }: ConsoleParts): Console {
  const held = (id: number): HeldCredential => {
    const found = instance.credentials.find((credential) => credential.id === id);
    if (found === undefined) throw new Error(`no credential ${id}`);
    return found;
  };
  const clientOf = (id: number): TenantClient => createTenantClient({ ...held(id), fetch, now });
  const certificateFor = (commonName: string, dates = certificateDates(now(), { months })) =>
    createCertificate({ commonName, keySize, ...dates });

  const usersOfTenant = async (): Promise<ArchiveUser[]> => {
    if (instance.directoryServices === null) throw new Error('directory services are not set to Microsoft 365');
    const client = clientOf(instance.directoryServices.credentialId);
    const { accessToken } = await client.token('graph');
    const users = await client.users(accessToken);
    return users.map(({ userPrincipalName, displayName }) => ({ userName: userPrincipalName, fullName: displayName }));
  };

  const runProfile = async (id: number): Promise<FinishedRun> => {
    const profile = instance.profiles.find((each) => each.id === id);
    if (profile === undefined) throw new Error(`no profile ${id}`);
    const startedAt = now().getTime();
    const outcome = await archiveMailbox(clientOf(profile.credentialId), profile, mailboxes()).then(
      (itemsArchived) => ({ result: 'succeeded', itemsArchived, report: `${profile.mailbox}: ${itemsArchived} archived` }),
      (error: unknown) => {
        if (!(error instanceof TenantRefusal)) throw error;
        return { result: 'failed', itemsArchived: 0, report: error.message };
      },
    );
    const run = {
      id: nextId(instance.runs),
      profileId: id,
      profileName: profile.name,
      startedAt,
      completedAt: now().getTime(),
      ...outcome,
    };
    instance.runs.push(run);
    return run;
  };

  return {
    makeCertificate: () => certificateFor('MailStore'),
    createCredential: async (entry, made) => {
      const { certificate, privateKey } = made ?? (await certificateFor(entry.name));
      const id = nextId(instance.credentials);
      instance.credentials.push({ id, ...entry, certificate, privateKey });
      return id;
    },
    editCredential: (id, entry) => void Object.assign(held(id), entry),
    deleteCredential: (id) => void instance.credentials.splice(instance.credentials.indexOf(held(id)), 1),
    createCertificate: async (id, lifetime) => void Object.assign(held(id), await certificateFor(held(id).name, lifetime)),
    downloadCertificate: (id) => held(id).certificate.der,
    selectInDirectoryServices: (id, { redirectUrl, deleteUsers = false }) => {
      instance.directoryServices = {
        type: 'office365OpenIDConnect',
        credentialId: held(id).id,
        licensedExchangeOnlineUsersOnly: true,
        enabledUsersOnly: true,
        groups: null,
        redirectUrl,
        deleteUsers,
      };
    },
    testSettings: usersOfTenant,
    synchronize: async () => {
      const found = await usersOfTenant();
      const known = new Set(instance.users.map(({ userName }) => userName));
      instance.users.push(...found.filter(({ userName }) => !known.has(userName)));
    },
    createProfile: (entry) => {
      const id = nextId(instance.profiles);
      instance.profiles.push({ protocol: null, ...entry, id });
      return id;
    },
    runProfile,
  };
}
