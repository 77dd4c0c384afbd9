import type { Profile, Source } from './profile.ts';
import type { Step } from './step.ts';

/** Where a server software wants its users back after their sign-in with Microsoft. */
export interface RedirectRule {
  /** Exactly this path, with a slash before it and none behind; `{instance}` stands for the instance of the server. */
  readonly path: string;
  /** TCP port that the software uses unless it was changed. */
  readonly port: number;
}

/** A value of a credential that is typed into the server. */
export type SheetValue = 'name' | 'client-id' | 'tenant-id' | 'instance' | 'thumbprint' | 'redirect-uri';

/** Text keys: with the key here, with the server's own, while that is waited for, and before the button that changes to it. */
export interface CertificateTexts {
  readonly keyring: string;
  readonly external: string;
  readonly waiting: string;
  readonly instead: string;
}

/** One step of what the administrator does in the server; its id is stored with the credential when it is done. */
export type SheetStep =
  | {
      readonly id: string;
      /** Text key of what is to be done. */
      readonly text: string;
      /** Text key of the way to the place where it is done. */
      readonly place: string | null;
      /** Text key of the harm that this step can do. */
      readonly warning: string | null;
      /** Check of the proof whose commands are run in this step; without that check in the proof the step is left out. */
      readonly check: string | null;
      readonly values: readonly SheetValue[];
      readonly link: string | null;
      /** Left out where users do not sign in with Microsoft. */
      readonly userSignIn: boolean;
      /** Permission profiles that the step is for; empty: it is for all. */
      readonly profiles: readonly string[];
    }
  /** The certificate of the credential: its file, or the server's own. */
  | { readonly id: string; readonly part: 'certificate'; readonly texts: CertificateTexts };

/** One step of the maker's own guide: its number there, what it belongs to here, and what it comes to. */
export interface GuideStep {
  readonly number: string;
  readonly step: Step;
  /** Text key. */
  readonly text: string;
}

/** A kind of server software, as `assets/servers/<id>/server.json` describes it. Its words are `server.<id>.…` in the catalogues. */
export interface Server {
  readonly id: string;
  /** Where what is said here was read. */
  readonly source: Source;
  /** Display name that a new application gets unless another one is given. */
  readonly application: string;
  /** Null where the software has no sign-in of users with Microsoft. */
  readonly redirectUri: RedirectRule | null;
  /** Who makes the certificate: only the server, or whoever is chosen. */
  readonly certificate: 'server' | 'either';
  /** Text keys: the software as the one who makes it, and what follows where it does (`external`) or Tenant Keyring does. */
  readonly custody: { readonly server: string; readonly external: string; readonly keyring: string };
  /** Text key of the place in the server where the redirect URI belongs. */
  readonly signInPlace: string | null;
  /** Text keys of the steps in which the server gets a new certificate of its own. */
  readonly renewal: readonly string[];
  /** Text keys of the steps in which the server begins to archive with other permissions, without EWS. */
  readonly move: readonly string[];
  /** Whether the permissions are chosen freely. */
  readonly freePermissions: boolean;
  /** Which management interface it is asked through: that of a server, or of a service provider's with instances; null without one. */
  readonly management: 'server' | 'spe' | null;
  readonly guide: readonly GuideStep[];
  readonly sheet: readonly SheetStep[];
  readonly profiles: readonly Profile[];
}

/** The software that a credential is for; its descriptor may be gone in a later version. */
export interface ServerReference {
  readonly id: string;
  /** Instance of the server; null where the software has none. */
  readonly instance: string | null;
}

/** Whether each server of this kind holds several instances, of which one is connected. */
export const hasInstances = ({ redirectUri }: Pick<Server, 'redirectUri'>): boolean => redirectUri?.path.includes('{instance}') === true;

/** The rule for one instance. */
export const redirectRule = ({ redirectUri }: Pick<Server, 'redirectUri'>, instance: string | null): RedirectRule | null =>
  redirectUri === null ? null : { ...redirectUri, path: redirectUri.path.replaceAll('{instance}', instance ?? '') };
