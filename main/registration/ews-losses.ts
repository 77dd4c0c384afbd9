import { mailWays, type ProfileReference } from '../servers/index.ts';
import type { ExchangeLosses } from './exchange-result.ts';

/**
 * What a move from EWS may cost. Archive mailboxes and public folders are opened by EWS alone (Microsoft, "Deprecation
 * of Exchange Web Services in Exchange Online": gaps of Microsoft Graph); mailboxes of Exchange Online Kiosk have IMAP off by default ("Set-CASMailboxPlan", ImapEnabled).
 */
export const lossNames = ['archive-mailboxes', 'public-folders', 'imap-off', 'kiosk-licences'] as const;
export type LossName = (typeof lossNames)[number];

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

/** What IMAP loses and Microsoft Graph does not. */
const imapAlone: ReadonlySet<LossName> = new Set<LossName>(['imap-off', 'kiosk-licences']);

/**
 * What a move to this profile loses in a tenant, as far as it is known. Neither Microsoft Graph nor IMAP opens archive mailboxes and
 * public folders; a move to IMAP loses mailboxes for which it is off too, among them those with Kiosk and F licences. With Microsoft
 * Graph such licences lose nothing: EWS has been closed to them since the end of June 2026 (Message center MC1191578).
 */
export function lossesOf(to: Pick<ProfileReference, 'permissions'>, known: KnownLosses): Loss[] {
  const ways = mailWays(to);
  if (ways.has('ews')) return [];
  return everyLoss(known).filter(({ loss }) => ways.has('imap') || !imapAlone.has(loss));
}
