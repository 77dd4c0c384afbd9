import { describe, expect, it, onTestFinished } from 'vitest';
import { practiceArchives } from '../../main/practice/mailstore/index.ts';
import { desk } from './desk.ts';

describe('servers that stand beside simulated tenants', () => {
  it('are told with all that is needed to add them, and their page is opened in the system browser', async () => {
    const here = await desk();
    const archives = practiceArchives(here.here.server);
    onTestFinished(() => archives.close());
    const described = (await archives.servers()).map((each) => each.describe());
    expect(await here.request('practice:servers', null)).toEqual({
      ok: true,
      value: described.map(({ kind, url, user, password }) => ({ kind, address: url, user, password })),
    });
    expect(await here.request('practice:open-servers', null)).toMatchObject({ ok: true });
    expect(here.opened).toEqual([`${here.here.server.origin}/practice/mailstore`]);
    expect((await fetch(here.opened[0] ?? '')).status).toBe(200);
  });

  it('are none where these tenants have none', async () => {
    const here = await desk();
    expect(await here.request('practice:servers', null)).toEqual({ ok: true, value: [] });
  });
});
