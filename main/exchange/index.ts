/**
 * Exchange Online, asked one thing: how many messages the inbox of one mailbox has, over EWS and over IMAP, with a token that
 * somebody else has taken. Whether that is allowed is the answer; nothing of a mailbox is read.
 */
export { createMailProbes, type MailProbes, type MailProbesOptions } from './probes.ts';
export type { ImapPlace, ProbeOutcome, ProbeRefusal } from './outcome.ts';
