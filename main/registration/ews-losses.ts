import { mailWays, type ProfileReference } from '../servers/index.ts';
import type { ExchangeLosses } from './exchange-result.ts';

/**
 * What can be archived through EWS alone: neither Microsoft Graph nor IMAP opens it (Microsoft, "Deprecation of Exchange Web Services in
 * Exchange Online": gaps of Microsoft Graph).
 */
const ewsOnly = ['archive-mailboxes', 'public-folders'] as const;

/** What the administrator accepts before a move. */
export const acceptable = [...ewsOnly, 'imap-off'] as const;

/**
 * What a move from EWS may cost. To IMAP also mailboxes for which it is off, as it is by default for those of Exchange Online Kiosk
 * ("Set-CASMailboxPlan", ImapEnabled). With Microsoft Graph such licences lose nothing: EWS has been closed to them since the end of
 * June 2026 (Message center MC1191578).
 */
export type LossName = (typeof acceptable)[number] | 'kiosk-licences';

export interface Loss {
  readonly loss: LossName;
  /** How many; null where nobody could read it: then the administrator has to know. */
  readonly count: number | null;
  /** Addresses of mailboxes, or products, where they were told. */
  readonly names: readonly string[];
  /** When it was read, ISO 8601 UTC; null where it was not. */
  readonly readAt: string | null;
}

/** Licences with the plan *Exchange Online Kiosk*: `EXCHANGE_S_DESKLESS`, in Kiosk, F1 and F3. */
export interface KioskLicences {
  /** Assigned units of each product with the plan. */
  readonly products: readonly { readonly sku: string; readonly assigned: number }[];
  /** ISO 8601 UTC. */
  readonly readAt: string;
}

/** What is known of one tenant; null = not read. */
export interface KnownLosses {
  readonly exchange: Pick<ExchangeLosses, 'archives' | 'publicFolders' | 'withoutImap' | 'at'> | null;
  readonly licences: KioskLicences | null;
}

/** All that a move may lose, whatever to; as far as it is known. */
export function everyLoss({ exchange, licences }: KnownLosses): Loss[] {
  const readAt = exchange?.at ?? null;
  const named = (loss: LossName, names: readonly string[] | undefined): Loss => ({
    loss,
    count: names?.length ?? null,
    names: names ?? [],
    readAt,
  });
  const kiosk = licences?.products.reduce((sum, { assigned }) => sum + assigned, 0) ?? null;
  return [
    named('archive-mailboxes', exchange?.archives),
    { loss: 'public-folders', count: exchange?.publicFolders ?? null, names: [], readAt },
    named('imap-off', exchange?.withoutImap),
    { loss: 'kiosk-licences', count: kiosk, names: licences?.products.map(({ sku }) => sku) ?? [], readAt: licences?.readAt ?? null },
  ];
}

/** A loss that somebody accepts. */
export type LossToAccept = Loss & { readonly loss: (typeof acceptable)[number] };

const isAcceptable = (loss: Loss): loss is LossToAccept => acceptable.some((each) => each === loss.loss);

/** In days: what was not there may be there by now. */
const counts = 30;

/**
 * What somebody has to accept before a move to this profile: all that is there, or that nobody has looked for within the last 30 days
 * (then without a count).
 *
 * @param exchange what an Exchange administrator has found; null where nobody has looked
 */
export function lossesToAccept(exchange: KnownLosses['exchange'], to: Pick<ProfileReference, 'permissions'>, now: Date): LossToAccept[] {
  const concerned: readonly LossName[] = mailWays(to).has('imap') ? acceptable : ewsOnly;
  const stale = exchange !== null && now.getTime() - Date.parse(exchange.at) > counts * 86_400_000;
  const losses = everyLoss({ exchange, licences: null })
    .filter(isAcceptable)
    .filter(({ loss }) => concerned.includes(loss));
  return stale ? losses.map((each) => ({ ...each, count: null, names: [] })) : losses.filter(({ count }) => count !== 0);
}
