import type { ExchangeLosses } from './exchange-result.ts';

/**
 * What can be archived through EWS alone: neither Microsoft Graph nor IMAP opens it (Microsoft, "Deprecation of Exchange Web Services in
 * Exchange Online": gaps of Microsoft Graph).
 */
export const ewsOnly = ['archive-mailboxes', 'public-folders'] as const;

/**
 * What a move from EWS may cost. To IMAP also mailboxes for which it is off, as it is by default for those of Exchange Online Kiosk
 * ("Set-CASMailboxPlan", ImapEnabled). With Microsoft Graph such licences lose nothing: EWS has been closed to them since the end of
 * June 2026 (Message center MC1191578).
 */
export type LossName = (typeof ewsOnly)[number] | 'imap-off' | 'kiosk-licences';

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
