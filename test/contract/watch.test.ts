import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { desk, draft } from './desk.ts';

it('says when the watch last ran, and that it is overdue after seven days', async () => {
  const { here, request } = await desk();
  const ran = (daysAgo: number) => {
    const ranAt = new Date(here.services.engine.clock.now().getTime() - daysAgo * 86_400_000).toISOString();
    writeFileSync(join(here.services.directory, 'watch-run.json'), JSON.stringify({ ranAt, result: 'fine' }));
    return ranAt;
  };
  expect(await request('watch:read', null)).toEqual({ ok: true, value: { ranAt: null, overdue: false } });
  const lately = ran(6.9);
  expect(await request('watch:read', null)).toEqual({ ok: true, value: { ranAt: lately, overdue: false } });
  const longAgo = ran(7.1);
  expect(await request('watch:read', null)).toEqual({ ok: true, value: { ranAt: longAgo, overdue: true } });
});

it('saves the ends of all certificates as a calendar where the dialog says, marked as practice', async () => {
  const { here, request, setUp, paths } = await desk();
  await setUp({ draft, certificate: null });
  const path = join(here.directory, 'ends.ics');
  paths.push(path, null);
  expect(await request('watch:save-calendar', null)).toEqual({ ok: true, value: { path, events: 1 } });
  expect(readFileSync(path, 'utf8')).toMatch(/BEGIN:VEVENT\r\n[^]*SUMMARY:\[Practice\] The certificate of “Contoso archive” ends/);
  expect(await request('watch:save-calendar', null)).toEqual({ ok: true, value: null });
});
