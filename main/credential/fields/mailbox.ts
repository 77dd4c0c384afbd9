/** Whether a text is the address of a mailbox, as far as its form tells: something, `@`, something, without spaces. */
export const isMailbox = (typed: string): boolean => /^[^\s@\p{C}]+@[^\s@\p{C}]+$/u.test(typed);
