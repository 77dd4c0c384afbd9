import { expect, it } from 'vitest';
import { serversPage } from '../../../assets/servers-page.ts';
import { page } from './pages.ts';

it('docs/servers.md is what the descriptors come to', () => {
  expect(page('docs/servers.md')).toBe(serversPage());
});
