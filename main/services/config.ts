import type { Clock } from '../clock.ts';
import type { Fetch } from '../http/index.ts';
import type { Policies } from '../policies/index.ts';
import type { BackoffOptions } from '../registration/backoff.ts';
import type { Client, Language } from '../texts/index.ts';
import type { Keychain } from '../vault/index.ts';

export interface PracticeConfig {
  /** Origin of a running practice tenant; null starts one inside this process. */
  readonly url: string | null;
  /** Who signs in; default the first tenant's Global Administrator. */
  readonly account: string | null;
}

export interface ServicesConfig {
  readonly program: Client;
  readonly language: Language;
  /** `--data-dir`. */
  readonly dataDir?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** Null = the real clouds. */
  readonly practice: PracticeConfig | null;
  /** What this computer's administrators prescribe. */
  readonly policies: Policies;
  /** HTTP of the host: Electron's or Node's. */
  readonly fetch: Fetch;
  readonly openBrowser: (address: string) => Promise<void>;
  readonly verbose?: boolean;
  readonly resetStore?: boolean;
  /** Gets every log line, already redacted. */
  readonly echo?: (line: string) => void;
  /** Tests pass their own. */
  readonly clock?: Clock;
  readonly keychain?: Keychain;
  readonly backoff?: BackoffOptions;
}
