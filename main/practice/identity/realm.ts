import type { PracticeTenant, World } from '../world.ts';
import { ExpiringStore } from './expiring-store.ts';
import type { CodeChallenge } from './pkce.ts';
import type { ResponseForm } from './response.ts';
import type { SigningKey } from './signing-key.ts';

/** Who let which client do what. */
export interface Grant {
  readonly tenantId: string;
  readonly upn: string;
  readonly clientId: string;
  /** True once a multi-factor claims request was answered. */
  readonly multiFactor: boolean;
}

export interface AuthorizationCode extends Grant {
  readonly scope: string;
  readonly redirectUri: string;
  readonly codeChallenge: CodeChallenge | null;
  readonly nonce: string | null;
  redeemed: boolean;
}

/** A sign-in that somebody is in the middle of. */
export interface PendingSignIn {
  readonly tenantSegment: string;
  readonly clientId: string;
  readonly scope: string;
  readonly prompt: string | null;
  readonly multiFactor: boolean;
  /** Set once the account was chosen; the consent page then only asks for consent. */
  chosen: { readonly upn: string; readonly tenantId: string } | null;
  /** Where the answer goes: back to the client, or to a waiting device. */
  readonly answer:
    | {
        readonly to: 'client';
        readonly redirectUri: string;
        readonly state: string | null;
        readonly nonce: string | null;
        readonly codeChallenge: CodeChallenge | null;
        readonly clientInfo: boolean;
        readonly response: ResponseForm;
      }
    | { readonly to: 'device'; readonly device: DeviceCode };
}

export interface DeviceCode {
  readonly userCode: string;
  readonly tenantSegment: string;
  readonly clientId: string;
  readonly scope: string;
  readonly multiFactor: boolean;
  /** Seconds a device has to wait between two polls; grows when it does not. */
  interval: number;
  /** Epoch milliseconds of the last poll. */
  polledAt: number | null;
  outcome: { readonly kind: 'pending' } | { readonly kind: 'declined' } | { readonly kind: 'granted'; readonly grant: Grant };
}

const minute = 60_000;

/** Everything the identity half works on. What is here and not in the world lives as long as the server. */
export interface Realm {
  readonly world: World;
  readonly key: SigningKey;
  /** Home of guests and partners. */
  readonly partnerTenant: PracticeTenant;
  /** Origin that a browser can open, for the device page. */
  readonly origin: () => string;
  readonly pending: ExpiringStore<PendingSignIn>;
  readonly codes: ExpiringStore<AuthorizationCode>;
  readonly refreshTokens: ExpiringStore<Grant>;
  readonly deviceCodes: ExpiringStore<DeviceCode>;
  /** `uti` of access tokens that a claims challenge has ended. */
  readonly endedTokens: Set<string>;
}

export function createRealm(parts: Pick<Realm, 'world' | 'key' | 'partnerTenant' | 'origin'>): Realm {
  return {
    ...parts,
    pending: new ExpiringStore('', 60 * minute),
    codes: new ExpiringStore('1.', 10 * minute), // Entra: about ten minutes ("authorization code flow", "Successful response")
    refreshTokens: new ExpiringStore('1.R', 90 * 24 * 60 * minute), // 90 days ("Refresh tokens in the Microsoft identity platform")
    deviceCodes: new ExpiringStore('D', 15 * minute), // RFC 8628; Entra: 900 seconds
    endedTokens: new Set(),
  };
}

/** Every directory that exists, the partners' own included. */
export const directoriesOf = ({ world, partnerTenant }: Realm): PracticeTenant[] => [...world.state.tenants, partnerTenant];

/** True once `id` is known to every replica (`replicatedAt`, `inTokensAt`: epoch milliseconds; absent = always known). */
export const isKnown = (times: Readonly<Record<string, number>>, id: string, world: World): boolean =>
  (times[id] ?? 0) <= world.now().getTime();
