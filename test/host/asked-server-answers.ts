import type { Channel } from '../../preload/contract.ts';
import type { FakeAnswers } from './fake-bridge.ts';

/** No server is known; a test that works with one gives its own answers. */
export const askedServerAnswers = (unused: () => never): Pick<FakeAnswers, Extract<Channel, `server:${string}`>> => ({
  'server:list': () => ({ servers: [], forbidden: false, keepsPasswords: true }),
  'server:add': unused,
  'server:set': unused,
  'server:password': unused,
  'server:test': unused,
  'server:remove': unused,
  'server:show': unused,
  'server:save-recording': () => null,
  'server:link': unused,
  'server:unlink': unused,
  'server:ask': unused,
  'server:test-users': unused,
  'server:test-address': unused,
  'server:take-over': unused,
  'server:cancel': () => null,
});
