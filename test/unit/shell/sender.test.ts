import { expect, it } from 'vitest';
import { isTrusted } from '../../../main/shell/sender.ts';

const ours = { sender: { id: 7 }, senderFrame: { origin: 'app://keyring', parent: null } };

it('trusts the top frame of our window on our origin', () => {
  expect(isTrusted(ours, 7)).toBe(true);
});

it.each([
  ['another window', ours, 8],
  ['nobody, while there is no window', ours, null],
  ['a frame that is gone', { ...ours, senderFrame: null }, 7],
  ['a frame inside our page', { ...ours, senderFrame: { origin: 'app://keyring', parent: {} } }, 7],
  ['a page of the web in our window', { ...ours, senderFrame: { origin: 'https://example.com', parent: null } }, 7],
  ['a page of our scheme with another host', { ...ours, senderFrame: { origin: 'app://keyring.example.com', parent: null } }, 7],
  ['a page without an origin', { ...ours, senderFrame: { origin: 'null', parent: null } }, 7],
  ['an empty origin', { ...ours, senderFrame: { origin: '', parent: null } }, 7],
])('refuses %s', (_, sender, windowId) => {
  expect(isTrusted(sender, windowId)).toBe(false);
});
