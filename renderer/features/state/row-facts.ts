import type { AppFacts, CredentialRow } from '../../../preload/contract.ts';
import { isMoving } from './unfinished.ts';

const day = 24 * 60 * 60_000;

/** Small letters without accents: `État` is found by `etat`. */
export const folded = (text: string): string => text.toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '');

/** Put together when it is first asked for. */
function once(make: () => string): () => string {
  let made: string | undefined;
  return () => (made ??= make());
}

/** A certificate that ends within so many days is shown as ending soon. */
export const soonDays = 30;

export type Expiry = 'none' | 'fine' | 'soon' | 'expired';

/** What is to be done, the most urgent first; the list counts and filters by it, and a row may have several. */
export const marks = ['attention', 'expiring', 'unfinished'] as const;
export type Mark = (typeof marks)[number];

/** What is worked out once per row and not at every key stroke. */
export interface RowFacts {
  readonly row: CredentialRow;
  /** Domain, else name, else id of the tenant. */
  readonly tenant: string;
  /** Whole days until the certificate ends; negative when it has ended; null without one. */
  readonly daysLeft: number | null;
  readonly expiry: Expiry;
  /** The server does not have our certificate yet, as far as the administrator has said. */
  readonly notHandedOver: boolean;
  readonly marks: readonly Mark[];
  /** Everything the filter looks into, folded; put together when it is first asked for. */
  readonly searched: () => string;
}

function expiryOf(daysLeft: number | null, ended: boolean): Expiry {
  if (daysLeft === null) return 'none';
  if (ended) return 'expired';
  return daysLeft <= soonDays ? 'soon' : 'fine';
}

/** Our certificate is good, but nobody has confirmed that the server uses exactly this one. */
function isNotHandedOver({ custody, certificate, handover, state }: CredentialRow): boolean {
  if (custody !== 'keyring' || certificate === null) return false;
  return (state === 'proven' || state === 'set-up') && handover?.thumbprint !== certificate.thumbprint;
}

/** Somebody has begun and is not at the end: a step in the tenant, in the server or of a rotation is left. */
function isUnfinished(row: CredentialRow, notHandedOver: boolean): boolean {
  const { state, clientId, certificate, rotation } = row;
  if (state === 'never-checked') return clientId === null && certificate === null;
  const rotating = rotation !== null && rotation.next !== 'nothing' && rotation.next !== 'wait';
  return state === 'set-up' || state.startsWith('waiting-') || notHandedOver || rotating || isMoving(row);
}

function marksOf(row: CredentialRow, expiry: Expiry, notHandedOver: boolean): Mark[] {
  const has: Readonly<Record<Mark, boolean>> = {
    // A reason without a failed check is what was found in its server.
    attention: row.state === 'needs-attention' || row.reason !== null || expiry === 'expired',
    expiring: expiry === 'soon',
    unfinished: isUnfinished(row, notHandedOver),
  };
  return marks.filter((mark) => has[mark]);
}

/**
 * @param now milliseconds since the epoch
 * @param annotations what the filter looks into beside the row's own facts
 * @param wordsOf what else a row says of itself in the list, in the window’s language
 */
export function rowFacts(
  row: CredentialRow,
  now: number,
  annotations: AppFacts['annotations'] = [],
  wordsOf: (row: CredentialRow) => readonly string[] = () => [],
): RowFacts {
  const end = row.certificate === null ? null : Date.parse(row.certificate.notAfter);
  const daysLeft = end === null ? null : Math.floor((end - now) / day);
  const expiry = expiryOf(daysLeft, end !== null && end <= now);
  const notHandedOver = isNotHandedOver(row);
  const searched = () => [
    row.name,
    ...annotations.filter(({ search }) => search).map(({ field }) => row[field]),
    row.tenantName,
    row.tenantDomain,
    row.tenantId,
    row.clientId,
    row.redirectUri,
    row.certificate?.thumbprint,
    row.certificate?.thumbprintSha256,
    row.reason,
    ...wordsOf(row),
  ];
  return {
    row,
    tenant: row.tenantDomain || row.tenantName || row.tenantId,
    daysLeft,
    expiry,
    notHandedOver,
    marks: marksOf(row, expiry, notHandedOver),
    searched: once(() => folded(searched().filter(Boolean).join('\n'))),
  };
}

/** `5b1e…c02f`: enough to tell two ids apart. */
export const shortId = (id: string) => `${id.slice(0, 4)}…${id.slice(-4)}`;

/** `A94F 12C0 …`: how portals and people read a thumbprint aloud. */
export const shortThumbprint = (thumbprint: string) => `${thumbprint.slice(0, 4)} ${thumbprint.slice(4, 8)} …`.toUpperCase();
