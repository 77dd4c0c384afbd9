import { randomInt } from 'node:crypto';

/** Letters and digits that nobody takes for one another when a password is copied from a screen by hand. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789';
const groups = 5;
const groupLength = 5;

const group = (): string => Array.from({ length: groupLength }, () => alphabet[randomInt(alphabet.length)]).join('');

/** A password that nobody has to think of: 25 random characters in five groups, 145 bits. */
export function generatePassword(): string {
  return Array.from({ length: groups }, group).join('-');
}
