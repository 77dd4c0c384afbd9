/**
 * Exchange Online of the practice tenant, for exactly the probes: EWS `GetFolder` of an inbox, IMAP with `STATUS`, the tenant's switch
 * and list, and who may open which mailbox. What stands in a mailbox is not simulated.
 */
export { administerExchange } from './administer.ts';
export { ewsAnswer } from './ews.ts';
export { startImap, type ImapListener } from './imap.ts';
export { exchangeNow } from './settings.ts';
