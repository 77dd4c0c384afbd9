import type { AppFacts, CredentialRow } from '../../../preload/contract.ts';

const day = 24 * 60 * 60_000;

/** A certificate that ends within so many days is shown as ending soon. */
export const soonDays = 30;

export type Expiry = 'none' | 'fine' | 'soon' | 'expired';

/** What the list counts and filters by; a row may have several. */
export type Mark = 'proven' | 'expiring' | 'expired' | 'attention' | 'waiting' | 'to-confirm';

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
  /** Lower case; everything the filter looks into. */
  readonly searched: string;
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

function marksOf(row: CredentialRow, expiry: Expiry, notHandedOver: boolean): Mark[] {
  return [
    row.state === 'proven' ? ('proven' as const) : null,
    expiry === 'soon' ? ('expiring' as const) : null,
    expiry === 'expired' ? ('expired' as const) : null,
    row.state === 'needs-attention' ? ('attention' as const) : null,
    row.state.startsWith('waiting-') ? ('waiting' as const) : null,
    notHandedOver || row.state === 'set-up' ? ('to-confirm' as const) : null,
  ].filter((mark) => mark !== null);
}

/**
 * @param now milliseconds since the epoch
 * @param annotations what the filter looks into beside the row's own facts
 */
export function rowFacts(row: CredentialRow, now: number, annotations: AppFacts['annotations'] = []): RowFacts {
  const end = row.certificate === null ? null : Date.parse(row.certificate.notAfter);
  const daysLeft = end === null ? null : Math.floor((end - now) / day);
  const expiry = expiryOf(daysLeft, end !== null && end <= now);
  const notHandedOver = isNotHandedOver(row);
  const searched = [
    row.name,
    ...annotations.filter(({ search }) => search).map(({ field }) => row[field]),
    row.tenantName,
    row.tenantDomain,
    row.tenantId,
    row.clientId,
    row.redirectUri,
    row.certificate?.thumbprint,
    row.certificate?.thumbprintSha256,
  ];
  return {
    row,
    tenant: row.tenantDomain || row.tenantName || row.tenantId,
    daysLeft,
    expiry,
    notHandedOver,
    marks: marksOf(row, expiry, notHandedOver),
    searched: searched.filter(Boolean).join('\n').toLowerCase(),
  };
}

/** `5b1e…c02f`: enough to tell two ids apart. */
export const shortId = (id: string) => `${id.slice(0, 4)}…${id.slice(-4)}`;

/** `A94F 12C0 …`: how portals and people read a thumbprint aloud. */
export const shortThumbprint = (thumbprint: string) => `${thumbprint.slice(0, 4)} ${thumbprint.slice(4, 8)} …`.toUpperCase();
