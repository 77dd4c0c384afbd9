import { describe, expect, it } from 'vitest';
import { architecturePage, purposeOf } from '../../lint/architecture.ts';
import { features, rooms } from '../../lint/rules.ts';
import { page } from './pages.ts';

describe('docs/architecture.md', () => {
  it('is what the rule table and the rooms say', () => {
    expect(page('docs/architecture.md')).toBe(architecturePage());
    expect(page('docs/architecture.md')).toContain('| `shell` |');
  });

  it.each([...Object.keys(rooms), ...features])('%s says what it is for', (room) => {
    expect(purposeOf(room).length).toBeGreaterThan(50);
  });
});
