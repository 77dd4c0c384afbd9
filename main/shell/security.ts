import { app, session, type WebContents } from 'electron';
import type { Log } from '../log/index.ts';
import { appOrigin } from './served-files.ts';

const hostOf = (address: string): string => URL.parse(address)?.host ?? '';

/** A page asks for another window: there is none. What a person opens is asked for by a request that names no address. */
function refuseWindows(contents: WebContents, log: () => Log): void {
  contents.setWindowOpenHandler(({ url }) => {
    log().warn('link.refused', { host: hostOf(url) });
    return { action: 'deny' };
  });
}

/** A file of ours; run from the sources, the developer tools too. */
const isOurs = (url: string) => url.startsWith(`${appOrigin}/`) || (!app.isPackaged && url.startsWith('devtools:'));

/** Our page is loaded by us; nothing ever navigates, in no frame. */
function refuseNavigation(contents: WebContents, log: () => Log): void {
  const refuse = (event: { preventDefault(): void; url: string }) => {
    event.preventDefault();
    log().warn('navigation.refused', { host: hostOf(event.url) });
  };
  contents.on('will-navigate', refuse);
  contents.on('will-frame-navigate', refuse);
  contents.on('will-redirect', refuse);
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** Electron's security checklist, items on permissions, navigation, new windows, webview and downloads: all refused. */
export function refuseEverything(log: () => Log): void {
  app.on('web-contents-created', (_, contents) => {
    // No content security policy covers WebRTC: without a proxy for it nothing leaves.
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
    refuseWindows(contents, log);
    refuseNavigation(contents, log);
  });
  // Unasked Electron sends the first certificate of the person's that fits, in requests of ours too (electron/electron,
  // shell/browser/api/electron_api_app.cc, App::SelectClientCertificate).
  app.on('select-client-certificate', (event, _contents, _url, _certificates, choose) => {
    event.preventDefault();
    choose();
  });
  const { defaultSession } = session;
  // Both: a check is what a page sees without asking.
  defaultSession.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.setDevicePermissionHandler(() => false);
  // What the policy of the page forgets: its session loads our own scheme, and nothing else. Our own requests have another.
  defaultSession.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isOurs(url) }));
  defaultSession.on('will-download', (event) => event.preventDefault());
}
